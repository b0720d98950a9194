"""The reference of completions: Flask and psycopg alone, serving the same bytes and storing the same body."""

import os
from pathlib import Path
from threading import local

import psycopg
from flask import Flask, Response, redirect, request

app = Flask(__name__)
page = Path(os.environ["BENCH_PAGE"]).read_bytes()
mine = local()


def connection() -> psycopg.Connection:
    """One a thread, kept."""
    if not hasattr(mine, "connection"):
        mine.connection = psycopg.connect(os.environ["BENCH_DATABASE"], autocommit=True)
    kept: psycopg.Connection = mine.connection
    return kept


@app.get("/health")
def health() -> str:
    return "ok"


@app.get("/form")
def form() -> Response:
    return Response(page, mimetype="text/html")


@app.post("/form")
def answers() -> object:
    connection().execute("INSERT INTO bare (body) VALUES (%s)", [request.get_data(as_text=True)])
    return redirect("/form")
