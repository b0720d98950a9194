"""Text that a database or a template would act on, and what would show that it did."""

HOSTILE = (
    "' OR '1'='1",
    "'; DROP TABLE main.person; --",
    "1) UNION SELECT password FROM access.account --",
    "{{7919*7907}}",
    "${7919*7907}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{x}}{% endfor %}",
    "%(name)s %s {0.__class__}",
)
EVALUATED = ("62615533", "wrapper_descriptor")
