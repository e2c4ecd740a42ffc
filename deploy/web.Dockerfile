# syntax=docker/dockerfile:1
# The front end, built, and a command that puts its files where the gateway and booking-public read them.
ARG NODE_IMAGE=docker.io/library/node:24-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app/apps/web
COPY apps/web/package.json apps/web/package-lock.json apps/web/.npmrc ./
RUN --mount=type=cache,target=/var/cache/npm npm ci --cache /var/cache/npm
COPY apps/web ./
RUN npm run build

FROM ${NODE_IMAGE}
COPY --from=build /app/apps/web/dist /web
USER 10001
CMD ["cp", "-R", "/web/.", "/srv/web"]
