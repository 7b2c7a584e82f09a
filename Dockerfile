# Build: docker build -t clientele .
# Run:   docker run --rm --user "$(id -u):$(id -g)" -v /srv/clientele:/data clientele run /data/shop.yaml
FROM golang:1.26-trixie AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN make build

# DuckDB links the C++ library; time zones are the system's.
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends libstdc++6 tzdata && rm -rf /var/lib/apt/lists/*
COPY --from=build /src/bin/clientele /usr/local/bin/clientele
WORKDIR /data
ENTRYPOINT ["clientele"]
