package main

import (
	"io"
	"net"
	"strings"
	"sync/atomic"

	"clientele/internal/concurrent"
)

// wire passes bytes between the program and the server, and counts them.
type wire struct {
	url            string
	to             string
	listener       net.Listener
	sent, received atomic.Int64
	passing        concurrent.Group
}

func listen(server string) (*wire, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	w := &wire{url: "sc://" + listener.Addr().String(), to: strings.TrimPrefix(server, "sc://"), listener: listener}
	w.passing.Go(w.serve)
	return w, nil
}

func (w *wire) close() { _ = w.listener.Close() }

func (w *wire) serve() {
	for {
		from, err := w.listener.Accept()
		if err != nil {
			return
		}
		to, err := net.Dial("tcp", w.to)
		if err != nil {
			_ = from.Close()
			continue
		}
		w.passing.Go(func() { w.pass(to, from, &w.sent) })
		w.passing.Go(func() { w.pass(from, to, &w.received) })
	}
}

func (w *wire) pass(to, from net.Conn, count *atomic.Int64) {
	_, _ = io.Copy(io.MultiWriter(to, counter{count}), from)
	_ = to.Close()
	_ = from.Close()
}

type counter struct{ n *atomic.Int64 }

func (c counter) Write(p []byte) (int, error) {
	c.n.Add(int64(len(p)))
	return len(p), nil
}
