// Shows and hides questions as answers change, from the trees that the server evaluates too
// (lsp_assess/instruments/expressions). Where a question has no answer, every comparison is false.

const ORDER = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b
}
const NUMBER = /^[-−]?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,9})?$/
const NOT_AN_ANSWER = /--(unseen|missing|reason|day|month|year)$/

function operand(tree, answers) {
  if ('name' in tree) return Object.hasOwn(answers, tree.name) ? answers[tree.name] : undefined
  return 'list' in tree ? tree.list : tree.value
}

function same(left, right) {
  if (!Array.isArray(left) || !Array.isArray(right)) return left === right
  return left.length === right.length && left.every((each, index) => each === right[index])
}

function alike(left, right) {
  return typeof left === typeof right && ['number', 'string'].includes(typeof left)
}

function compare(tree, answers) {
  const left = operand(tree.left, answers)
  const right = operand(tree.right, answers)
  if (left === undefined || right === undefined) return false
  switch (tree.op) {
    case '==': return same(left, right)
    case '!=': return !same(left, right)
    case 'in': return Array.isArray(right) && right.includes(left)
    case 'not in': return Array.isArray(right) && !right.includes(left)
    default: return alike(left, right) && ORDER[tree.op](left, right)
  }
}

export function holds(tree, answers) {
  switch (tree.op) {
    case 'and': return tree.of.every(each => holds(each, answers))
    case 'or': return tree.of.some(each => holds(each, answers))
    case 'not': return !holds(tree.of, answers)
    case 'answered': return operand(tree, answers) !== undefined
    default: return compare(tree, answers)
  }
}

function asNumber(text) {
  return NUMBER.test(text) ? Number(text.replaceAll(',', '').replace('−', '-')) : undefined
}

function asDate(question, name) {
  const [day, month, year] = ['day', 'month', 'year'].map(part =>
    question.querySelector(`[name="${name}--${part}"]`).value.trim())
  const parts = [[year, 4], [month, 2], [day, 2]].map(([text, digits]) => text.padStart(digits, '0'))
  const iso = parts.join('-')
  const when = new Date(`${iso}T00:00:00Z`)
  return [day, month, year].every(Boolean) && !Number.isNaN(when.valueOf()) && when.toISOString().startsWith(iso)
    ? iso
    : undefined
}

// What a question's fields say now; undefined where that is no answer, a typed missing included.
export function entered(question, name) {
  const named = suffix => `[name="${name}${suffix}"]`
  if (question.querySelector(`${named('--missing')}:checked`)) return undefined
  if (question.querySelector(named('--day'))) return asDate(question, name)
  const boxes = question.querySelectorAll(`input[type=checkbox]${named('')}`)
  if (boxes.length) {
    const chosen = [...boxes].filter(each => each.checked).map(each => each.value)
    return chosen.length && !chosen.some(each => each.startsWith('--')) ? chosen : undefined
  }
  const field = question.querySelector(`input[type=radio]${named('')}:checked`) ??
    question.querySelector(`:is(select, textarea, input:not([type=radio]))${named('')}`)
  const value = field?.value.trim()
  if (!value || value.startsWith('--')) return undefined
  return question.dataset.counts === 'numbers' ? asNumber(value) : value
}

function names(question) {
  const all = [...question.querySelectorAll('[name]')].map(each => each.name)
  return new Set(all.filter(name => name !== '--unseen').map(name => name.replace(NOT_AN_ANSWER, '')))
}

export function routed(form) {
  const elsewhere = JSON.parse(form.dataset.answers ?? '{}')
  const update = () => {
    const answers = { ...elsewhere }
    for (const question of form.querySelectorAll('[data-question]')) {
      const tree = question.dataset.showIf
      question.hidden = Boolean(tree) && !holds(JSON.parse(tree), answers)
      const unseen = question.querySelector('[name="--unseen"]')
      if (unseen) unseen.disabled = !question.hidden
      if (question.hidden) continue
      for (const name of names(question)) {
        const value = entered(question, name)
        if (value !== undefined) answers[name] = value
      }
    }
  }
  form.addEventListener('input', update)
  update()
}
