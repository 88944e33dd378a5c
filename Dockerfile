# The app as a web process (CMD below) or as a worker (`docker run ... node worker.mjs`). It needs a PostgreSQL, named by
# DATABASE_URL: the embedded one of the development packages is left out. See docs/operations.md.

FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:20-slim AS packages
WORKDIR /app
COPY package.json package-lock.json prisma.config.ts ./
COPY prisma ./prisma
RUN npm ci --ignore-scripts --omit=dev --omit=optional --no-audit --no-fund \
  && DATABASE_URL=postgresql://unused@127.0.0.1:1/unused node_modules/.bin/prisma generate

FROM node:20-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/build ./build
COPY --from=build /app/extensions/pareto-discount/dist ./extensions/pareto-discount/dist
COPY package.json server.mjs worker.mjs ./
COPY prisma ./prisma
USER node
EXPOSE 3000
HEALTHCHECK --start-period=20s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server.mjs"]
