# syntax=docker/dockerfile:1
# One image for every program of ours: PACKAGE is its folder (services/accounts, deploy/operator).
ARG PYTHON_IMAGE=docker.io/library/python:3.13-slim

FROM ${PYTHON_IMAGE} AS build
ENV UV_CACHE_DIR=/var/cache/uv UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
RUN python3 -m pip install --no-cache-dir "uv==0.13.9" && python3 -m uv venv /app/.venv
WORKDIR /app
COPY requirements.lock pyproject.toml ./
COPY libs libs
COPY services services
COPY deploy/local deploy/local
COPY deploy/operator deploy/operator
# What comes before this line is the same for all images.
ARG PACKAGE
# The lock constrains versions and, by its hashes, the files; packages of the workspace are found beside each other.
RUN --mount=type=cache,target=/var/cache/uv python3 -m uv pip install -p /app/.venv -c requirements.lock -e "/app/${PACKAGE}"

FROM ${PYTHON_IMAGE}
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin sundial
COPY --from=build --chown=root:root /app /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONTZPATH="" HOST=0.0.0.0 PORT=8000
WORKDIR /app
USER 10001
EXPOSE 8000
