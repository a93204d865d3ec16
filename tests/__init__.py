"""The tests. Properties are never timed: a slow machine is no failure."""

from hypothesis import HealthCheck, settings

settings.register_profile("project", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("project")
settings.register_profile("quick", settings.get_profile("project"), max_examples=10)


def examples(count: int) -> int:
    """How many examples a test that asks for so many tries: make quick has no more than its profile says."""
    quick = settings.get_profile("quick").max_examples
    return min(count, quick) if settings.default.max_examples == quick else count
