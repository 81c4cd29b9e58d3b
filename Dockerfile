# Throughline, web and workers alike: `serve` runs both in one process, `serve --role web` or `--role worker` one of them.
FROM node:26-bookworm-slim

WORKDIR /app
ENV NODE_ENV=production

COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

COPY migrations ./migrations
COPY src ./src
COPY workers ./workers

USER node
EXPOSE 8080
ENTRYPOINT ["node", "src/main.ts"]
CMD ["serve"]
