package machine

import (
	"context"
	"errors"
	"os"
	"regexp"
	"runtime/debug"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The kernel's own file says how much the machine has.
func TestAllowed(t *testing.T) {
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		t.Skip("a system without /proc/meminfo")
	}
	kib, err := strconv.ParseInt(regexp.MustCompile(`MemTotal: +(\d+) kB`).FindStringSubmatch(string(text))[1], 10, 64)
	require.NoError(t, err)
	a := Allowed()
	if a.Cgroup {
		require.Less(t, a.Bytes, kib<<10)
	} else {
		require.Equal(t, kib<<10, a.Bytes)
	}
}

func TestBudgetWithin(t *testing.T) {
	for _, c := range []struct{ allowed, asked, bytes, edge int64 }{
		{allowed: 400, bytes: 300, edge: 337},
		{allowed: 400, asked: 100, bytes: 100, edge: 112},
		{allowed: 400, asked: 380, bytes: 380, edge: 390}, // half the way to the end
		{allowed: 400, asked: 400, bytes: 400, edge: 400},
		{asked: 800, bytes: 800, edge: 900}, // what is allowed is not known
		{},
	} {
		require.Equal(t, Budget{Bytes: c.bytes, Edge: c.edge}, BudgetWithin(Allowance{Bytes: c.allowed}, c.asked))
	}
}

// watched is a watch of a process that takes what the test says.
func watched(t *testing.T, b Budget, taken *int64) *Watch {
	w := &Watch{
		budget: b, full: newSignal(t.Context()), edge: newSignal(t.Context()), heap: &heapLimit{},
		resident: func() (int64, error) { return *taken, nil },
	}
	return w
}

func TestLook(t *testing.T) {
	b := Budget{Bytes: 1 << 40, Edge: 1<<40 + 100<<20}
	for _, c := range []struct {
		taken      int64
		full, edge bool
	}{
		{b.Bytes - 1, false, false},
		{b.Bytes, false, false},
		{b.Bytes + 1, true, false},
		{b.Edge, true, false},
		{b.Edge + 1, true, true},
	} {
		w := watched(t, b, &c.taken)
		w.look(c.taken)
		require.Equal(t, c.edge, w.full.Err() != nil, "there is no time to look for garbage first")
		w.looks.Wait()
		w.look(c.taken)
		require.Equal(t, c.full, w.full.Err() != nil, c.taken)
		require.Equal(t, c.edge, w.edge.Err() != nil, c.taken)
		if c.full {
			cause, ok := errors.AsType[*TooLittle](context.Cause(w.Context()))
			require.True(t, ok)
			require.Equal(t, TooLittle{Budget: b.Bytes, Taken: c.taken}, *cause)
		}
	}
}

// Garbage is given back before the budget counts as used up.
func TestGarbageIsNoUse(t *testing.T) {
	const size = 256 << 20
	garbage := fill(size)
	taken := int64(1000 << 20)
	w := watched(t, Budget{Bytes: taken - size/2, Edge: 2 * taken}, &taken)
	before := w.heap.held()
	require.Len(t, garbage, size) // until here it is in use
	w.resident = func() (int64, error) { return taken - (before - w.heap.held()), nil }
	w.look(taken)
	w.looks.Wait()
	w.look(taken)
	require.NoError(t, w.full.Err())
	require.Less(t, w.heap.held(), before-size/2)
}

// fill takes memory and touches all of its pages.
func fill(bytes int) []byte {
	all := make([]byte, bytes)
	for i := 0; i < bytes; i += 4096 {
		all[i] = 1
	}
	return all
}

// What is taken behind the back of the Go heap leaves it less.
func TestHeapLimit(t *testing.T) {
	own := debug.SetMemoryLimit(-1)
	h := &heapLimit{}
	h.set(1<<30, 0)
	require.Equal(t, own, debug.SetMemoryLimit(-1), "nobody watches")
	h.begin()
	h.begin()
	h.set(1<<30, 0)
	require.EqualValues(t, 1<<30, debug.SetMemoryLimit(-1))
	h.set(1<<30-99, 100)
	require.EqualValues(t, 1<<30, debug.SetMemoryLimit(-1), "too small a change")
	h.set(5, 100)
	require.EqualValues(t, leastHeap, debug.SetMemoryLimit(-1))
	h.end()
	require.EqualValues(t, leastHeap, debug.SetMemoryLimit(-1), "another one watches")
	h.end()
	require.Equal(t, own, debug.SetMemoryLimit(-1))
}

// A process that takes more than its budget hears of it.
func TestStart(t *testing.T) {
	debug.FreeOSMemory() // what others left would do for what is taken here
	now, err := resident()
	if err != nil {
		t.Skip(err)
	}
	own := debug.SetMemoryLimit(-1)
	const room = 64 << 20
	w := Start(t.Context(), Budget{Bytes: now + room, Edge: now + 2*room})
	require.NoError(t, w.Context().Err())
	taken := fill(3 * room)
	for _, ctx := range []context.Context{w.Context(), w.Edge()} {
		select {
		case <-ctx.Done():
		case <-time.After(time.Minute):
			require.Fail(t, "nobody was told")
		}
		_, ok := errors.AsType[*TooLittle](context.Cause(ctx))
		require.True(t, ok, context.Cause(ctx))
	}
	require.Len(t, taken, 3*room)
	w.Stop()
	require.Equal(t, own, debug.SetMemoryLimit(-1))
}

// Without a budget nothing is watched, and only the end of the work ends its context.
func TestNoBudget(t *testing.T) {
	w := Start(t.Context(), Budget{})
	require.NoError(t, w.Context().Err())
	w.Stop()
	require.ErrorIs(t, w.Context().Err(), context.Canceled)
}
