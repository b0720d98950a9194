// Shows and hides questions as answers change, from the trees that the server evaluates too
// (lsp_assess/instruments/expressions). Where a question has no answer, every comparison is false.

const ORDER = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b
}

function operand(tree, answers) {
  if ('name' in tree) return answers[tree.name]
  return 'list' in tree ? tree.list : tree.value
}

// A form holds text only; what it is compared with says whether a number is meant.
function asLike(value, other) {
  const like = Array.isArray(other) ? other[0] : other
  return typeof value === 'string' && typeof like === 'number' && value.trim() !== '' ? Number(value) : value
}

function compare(tree, answers) {
  let left = operand(tree.left, answers)
  let right = operand(tree.right, answers)
  if (left === undefined || right === undefined) return false
  left = asLike(left, right)
  right = asLike(right, left)
  switch (tree.op) {
    case '==': return left === right
    case '!=': return left !== right
    case 'in': return Array.isArray(right) && right.includes(left)
    case 'not in': return Array.isArray(right) && !right.includes(left)
    default: return typeof left === typeof right && ORDER[tree.op](left, right)
  }
}

export function holds(tree, answers) {
  switch (tree.op) {
    case 'and': return tree.of.every(each => holds(each, answers))
    case 'or': return tree.of.some(each => holds(each, answers))
    case 'not': return !holds(tree.of, answers)
    case 'answered': return answers[tree.name] !== undefined
    default: return compare(tree, answers)
  }
}

// What a question's fields say now; undefined where that is no answer, a typed missing included.
export function entered(question, name) {
  const boxes = question.querySelectorAll(`input[type=checkbox][name="${name}"]`)
  if (boxes.length) {
    const chosen = [...boxes].filter(each => each.checked).map(each => each.value)
    return chosen.length && !chosen[0].startsWith('--') ? chosen : undefined
  }
  const field = question.querySelector(`input[type=radio][name="${name}"]:checked`) ??
    question.querySelector(`:is(select, textarea, input:not([type=radio])):where([name="${name}"])`)
  const value = field?.value
  return value && !value.startsWith('--') ? value : undefined
}

export function routed(form) {
  const elsewhere = JSON.parse(form.dataset.answers ?? '{}')
  const update = () => {
    const answers = { ...elsewhere }
    for (const question of form.querySelectorAll('[data-question]')) {
      const tree = question.dataset.showIf
      question.hidden = Boolean(tree) && !holds(JSON.parse(tree), answers)
      if (question.hidden) continue
      for (const name of new Set([...question.querySelectorAll('[name]')].map(each => each.name))) {
        if (!/--(missing|reason|day|month|year)$/.test(name)) answers[name] = entered(question, name)
      }
    }
    form.dispatchEvent(new CustomEvent('routed'))
  }
  form.addEventListener('input', update)
  update()
}
