"""What a dead worker held is taken up again, once its heartbeat has been missing for long enough."""

from procrastinate import App

EVERY = "* * * * * */15"
"""Four times a minute; the sixth field is seconds."""

WITHOUT_HEARTBEAT = 30.0
"""Seconds after which a worker counts as dead; it gives a sign every ten."""


def register(queue: App) -> None:
    @queue.periodic(cron=EVERY)
    @queue.task(name="take_up_again", queueing_lock="take_up_again")
    async def take_up_again(timestamp: int) -> None:  # noqa: ARG001  every periodic task is told its time
        jobs = queue.job_manager
        for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=WITHOUT_HEARTBEAT):
            await jobs.retry_job(job)
