# syntax=docker/dockerfile:1
# One image for all services: `docker run our-now gateway`. Its argument is auth, chat, presence, media,
# vision, gateway, balancer, make-keys, or make-vision-key.
ARG NODE_IMAGE=node:26.10.0-bookworm-slim

# ── the web client: needs everything, leaves only files ──
FROM ${NODE_IMAGE} AS web-client
WORKDIR /app
COPY . .
RUN npm ci --ignore-scripts --no-audit --no-fund
RUN node node_modules/vite/bin/vite.js build web --logLevel warn

# ── what the services need to run: binaries come inside packages, nothing is compiled ──
FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages packages
COPY services services
COPY web/package.json web/
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
    --workspace services/auth --workspace services/chat --workspace services/presence --workspace services/media \
    --workspace services/vision --workspace services/gateway
# The worker of calls: mediasoup's own download, else built from Debian's packages (some minutes).
RUN cd node_modules/mediasoup && PYTHON=false node npm-scripts.mjs postinstall \
    || bash /app/services/media/worker/build-worker.sh /app/node_modules/mediasoup/worker/out/Release/mediasoup-worker

# ── the image: Node, our sources and their packages; no npm, no compiler, no shell is needed ──
FROM ${NODE_IMAGE}
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn* \
    && install -d -o node -g node -m 700 /keys
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=packages /app/packages packages
COPY --from=packages /app/services services
COPY --from=web-client /app/web/dist web/dist
COPY docs/protocol docs/protocol
COPY tooling/image tooling/image
COPY tooling/cluster/balancer tooling/cluster/balancer
COPY tooling/cluster/make-auth-keys.ts tooling/cluster/make-vision-key.ts tooling/cluster/
COPY package.json ./

ENV NODE_ENV=production \
    AUTH_HOST=0.0.0.0 \
    CHAT_HOST=0.0.0.0 \
    PRESENCE_HOST=0.0.0.0 \
    MEDIA_HOST=0.0.0.0 \
    VISION_HOST=0.0.0.0 \
    GATEWAY_HOST=0.0.0.0 \
    GATEWAY_METRICS_HOST=0.0.0.0 \
    BALANCER_HOST=0.0.0.0 \
    GATEWAY_STATIC_DIR=/app/web/dist \
    GATEWAY_DOCS_DIR=/app/docs/protocol \
    AUTH_SIGNING_KEY_FILE=/keys/signing-key.pem \
    AUTH_REFRESH_KEY_FILE=/keys/refresh-key \
    AUTH_FACTOR_KEY_FILE=/keys/factor-key \
    VISION_KEY_FILE=/keys/vision-key
USER node
EXPOSE 4001 4002 4003 4004 4005 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "tooling/image/check-health.ts"]
ENTRYPOINT ["node", "tooling/image/start-service.ts"]
