package concurrent_test

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/internal/concurrent"
)

var errOrdinary = errors.New("ordinary")

func boom() { panic("boom") }

func requireBoom(t *testing.T, err error) {
	t.Helper()
	p, ok := errors.AsType[*concurrent.Panic](err)
	require.True(t, ok, "%v", err)
	require.Equal(t, "boom", p.Value)
	require.EqualError(t, p, "panic: boom")
	require.Contains(t, string(p.Stack), "concurrent_test.boom(", "the trace is that of the panic")
}

func TestGuard(t *testing.T) {
	require.NoError(t, concurrent.Guard(func() error { return nil }))
	require.Equal(t, errOrdinary, concurrent.Guard(func() error { return errOrdinary }))
	requireBoom(t, concurrent.Guard(func() error { boom(); return nil }))
	requireBoom(t, concurrent.Guard(func() error { // caught twice, as by groups within groups
		panic(concurrent.Guard(func() error { boom(); return nil }))
	}))
}

func TestGroup(t *testing.T) {
	var done atomic.Int64
	var g concurrent.Group
	for range 10 {
		g.Go(func() { done.Add(1) })
	}
	g.Wait()
	require.EqualValues(t, 10, done.Load())

	requireBoom(t, concurrent.Guard(func() error {
		var g concurrent.Group
		for i := range 10 {
			g.Go(func() {
				defer done.Add(1)
				if i == 3 {
					boom()
				}
			})
		}
		defer func() { require.EqualValues(t, 20, done.Load(), "Wait came before the end of all") }()
		g.Wait()
		return nil
	}))
}

func TestTasks(t *testing.T) {
	var none concurrent.Tasks
	none.Go(func() error { return nil })
	require.NoError(t, none.Wait())

	var failing concurrent.Tasks
	failing.Go(func() error { return errOrdinary })
	require.Equal(t, errOrdinary, failing.Wait())

	tasks, ctx := concurrent.WithContext(t.Context())
	tasks.Go(func() error { boom(); return nil })
	tasks.Go(func() error {
		<-ctx.Done() // the panic ends it
		return nil
	})
	requireBoom(t, tasks.Wait())
}

func TestTasksAtOnce(t *testing.T) {
	for limit, want := range map[int]int64{0: 1, 1: 1, 3: 3} {
		var tasks concurrent.Tasks
		tasks.AtOnce(limit)
		var running, most, done atomic.Int64
		for range 50 {
			tasks.Go(func() error {
				if now := running.Add(1); now > most.Load() {
					most.Store(now)
				}
				time.Sleep(time.Microsecond)
				running.Add(-1)
				done.Add(1)
				return nil
			})
		}
		require.NoError(t, tasks.Wait())
		require.EqualValues(t, 50, done.Load())
		require.LessOrEqual(t, most.Load(), want)
	}
}

func TestUntil(t *testing.T) {
	require.NoError(t, concurrent.Until(t.Context(), func() error { return nil }))
	require.Equal(t, errOrdinary, concurrent.Until(t.Context(), func() error { return errOrdinary }))
	requireBoom(t, concurrent.Until(t.Context(), func() error { boom(); return nil }))

	ctx, cancel := context.WithCancel(t.Context())
	ever := make(chan struct{})
	defer close(ever)
	require.ErrorIs(t, concurrent.Until(ctx, func() error {
		cancel()
		<-ever
		return nil
	}), context.Canceled)
	require.ErrorIs(t, concurrent.Until(ctx, func() error {
		require.Fail(t, "begun after the end")
		return nil
	}), context.Canceled)
}

// Work that ends by itself within the grace has its own error; other work is left.
func TestWithin(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	require.Equal(t, errOrdinary, concurrent.Within(ctx, time.Minute, func() error {
		cancel()
		<-ctx.Done()
		return errOrdinary
	}))
	ctx, cancel = context.WithCancel(t.Context())
	ever := make(chan struct{})
	defer close(ever)
	require.ErrorIs(t, concurrent.Within(ctx, time.Millisecond, func() error {
		cancel()
		<-ever
		return errOrdinary
	}), context.Canceled)
}

// TestNobodyElseStartsGoroutines reads the sources: a goroutine that is started
// elsewhere would end the program by a panic of its own.
func TestNobodyElseStartsGoroutines(t *testing.T) {
	root := filepath.Join("..", "..")
	files := 0
	require.NoError(t, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") && len(entry.Name()) > 2 || entry.Name() == "benchmarks" || entry.Name() == "concurrent") {
			return filepath.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		files++
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		for _, imported := range file.Imports {
			require.NotContains(t, imported.Path.Value, "errgroup", "%s; use internal/concurrent", path)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				require.Fail(t, "a goroutine of its own", "%s; use internal/concurrent", set.Position(n.Pos()))
			case *ast.SelectorExpr:
				if of, ok := n.X.(*ast.Ident); ok && of.Name == "sync" {
					require.NotEqual(t, "WaitGroup", n.Sel.Name, "%s; use internal/concurrent", set.Position(n.Pos()))
				}
			}
			return true
		})
		return nil
	}))
	require.Greater(t, files, 200)
}
