package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"

	"clientele/analytics/draft"
	"clientele/internal/concurrent"
)

// asker asks on a terminal.
type asker struct {
	in  *bufio.Reader
	out io.Writer
}

// newAsker is nil where nobody sits at a terminal: then nothing waits for an answer.
func newAsker(s streams) *asker {
	for _, stream := range []any{s.in, s.err} {
		f, ok := stream.(*os.File)
		if !ok || !term.IsTerminal(int(f.Fd())) {
			return nil
		}
	}
	return &asker{bufio.NewReader(s.in), s.err}
}

// ask asks until there is an answer that fits. With choices a number is one; nothing is the
// first.
func (a *asker) ask(ctx context.Context, q *draft.Question) (string, error) {
	p := &printer{w: a.out}
	p.line("%s?", strings.TrimSuffix(q.Text, "?"))
	for i, c := range q.Choices {
		p.line("  %d  %s", i+1, c)
	}
	for p.err == nil {
		answer, err := a.answer(ctx, q)
		if err != nil {
			return "", err
		}
		switch why := q.Refuses(answer); {
		case answer == "":
		case why == "":
			return answer, nil
		default:
			p.line("%s", why)
		}
	}
	return "", p.err
}

// answer reads one answer. Who waits at a prompt may end the program there.
func (a *asker) answer(ctx context.Context, q *draft.Question) (string, error) {
	if _, err := io.WriteString(a.out, "> "); err != nil {
		return "", err
	}
	var line string
	var ended error
	err := concurrent.Until(ctx, func() error {
		line, ended = a.in.ReadString('\n')
		return nil
	})
	if err != nil {
		return "", err
	}
	line = strings.TrimSpace(line)
	switch n, bad := strconv.Atoi(line); {
	case bad == nil && n >= 1 && n <= len(q.Choices):
		return q.Choices[n-1], nil
	case line == "" && ended != nil:
		return "", unanswered{q}
	case line == "" && len(q.Choices) > 0:
		return q.Choices[0], nil
	}
	return line, nil
}
