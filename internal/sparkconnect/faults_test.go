package sparkconnect_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/internal/sparkconnect"
	"clientele/internal/sparkconnect/sparktest"
)

// slowly writes the numbers below 16 times n into a folder, in 16 tasks that each take
// about n times 20 ms and no CPU.
func slowly(dir string, n int) string {
	return fmt.Sprintf(`INSERT OVERWRITE DIRECTORY '%s' USING parquet
		SELECT id, reflect('java.lang.Thread', 'sleep', 20L) AS slept FROM range(0, %d, 1, 16)`, dir, 16*n)
}

// requireNumbers holds what slowly wrote against what it should have.
func requireNumbers(t *testing.T, s *sparkconnect.Session, dir string, n int) {
	t.Helper()
	require.FileExists(t, filepath.Join(dir, "_SUCCESS"))
	last := 16*n - 1
	require.Equal(t, [][]string{{strconv.Itoa(last + 1), strconv.Itoa(last + 1), strconv.Itoa(last * (last + 1) / 2)}},
		cells(t, s, "SELECT count(*), count(DISTINCT id), sum(id) FROM parquet.`"+dir+"`"))
}

// when gives options that call a function once, as soon as n of the tasks of slowly are done.
func when(n int64, do func()) sparkconnect.Options {
	var once sync.Once
	return sparkconnect.Options{Tags: []string{"night"}, Progress: func(p sparkconnect.Progress) {
		if p.Tasks == 16 && p.TasksDone >= n {
			once.Do(do)
		}
	}}
}

// The end of ctx ends the work on the server and leaves nothing behind, and the session goes
// on.
func TestCancelStopsTheServer(t *testing.T) {
	url, dir := sparktest.Shared(t), filepath.Join(t.TempDir(), "out")
	ctx, cancel := context.WithCancelCause(t.Context())
	s := open(t, url, when(0, func() { cancel(errors.New("stopped by a signal")) }))
	const n = 4000 // 16 tasks of 80 seconds, two at a time: the first are not at their end
	begun := time.Now()
	require.EqualError(t, s.Exec(ctx, slowly(dir, n)), "stopped by a signal")
	require.Less(t, time.Since(begun), 5*time.Minute)
	require.NoFileExists(t, filepath.Join(dir, "_SUCCESS"))

	// The executors are free again: two tasks run at once, and the next has no queue.
	require.NoError(t, s.Exec(t.Context(), slowly(dir, 2)))
	requireNumbers(t, s, dir, 2)
}

// Connections that are cut do not end the work, and nothing is done twice.
func TestCutConnections(t *testing.T) {
	proxy := sparktest.NewProxy(t, sparktest.Shared(t), false)
	dir := filepath.Join(t.TempDir(), "out")
	cuts := 0
	s := open(t, proxy.URL, sparkconnect.Options{Progress: func(sparkconnect.Progress) {
		if cuts++; cuts <= 3 {
			proxy.Cut()
		}
	}})
	require.NoError(t, s.Exec(t.Context(), slowly(dir, 50)))
	require.GreaterOrEqual(t, cuts, 2, "it was not cut in the middle")
	requireNumbers(t, s, dir, 50)
}

func TestServerOfOneCore(t *testing.T) {
	server := sparktest.Start(t, sparktest.Options{Token: "open-sesame", Master: "local[1]", Conf: []string{
		"spark.connect.execute.manager.detachedTimeout=3s", "spark.connect.execute.manager.maintenanceInterval=1s",
	}})
	t.Run("token", func(t *testing.T) { testToken(t, server) })
	t.Run("client that died", func(t *testing.T) { testClientDies(t, server) })
}

// A token opens the door, in the clear only on this machine, and through a proxy that ends
// TLS elsewhere.
func testToken(t *testing.T, server *sparktest.Server) {
	t.Helper()
	for _, url := range []string{server.URL, server.URL + "/;token=wrong-word"} {
		target, err := sparkconnect.ParseURL(url)
		require.NoError(t, err)
		_, err = sparkconnect.Open(t.Context(), target, sparkconnect.Options{})
		require.ErrorIs(t, err, sparkconnect.ErrRefused)
		require.NotContains(t, err.Error(), "wrong-word")
	}
	require.Equal(t, [][]string{{"1"}}, cells(t, open(t, server.URL+"/;token=open-sesame", sparkconnect.Options{}), "SELECT 1"))

	proxy := sparktest.NewProxy(t, server.URL, true)
	target, err := sparkconnect.ParseURL(proxy.URL + ";token=open-sesame")
	require.NoError(t, err)
	_, err = sparkconnect.Open(t.Context(), target, sparkconnect.Options{Patience: time.Second})
	require.ErrorContains(t, err, "certificate", "a certificate of nobody knows whom")
	target.RootCAs = proxy.RootCAs
	s, err := sparkconnect.Open(t.Context(), target, sparkconnect.Options{})
	require.NoError(t, err)
	require.Equal(t, [][]string{{"1"}}, cells(t, s, "SELECT 1"))
	require.NoError(t, s.Close())
}

// A client that dies says nothing. The server misses it, and ends what it was running.
func testClientDies(t *testing.T, server *sparktest.Server) {
	t.Helper()
	proxy := sparktest.NewProxy(t, server.URL, false)
	dir := filepath.Join(t.TempDir(), "out")
	target, err := sparkconnect.ParseURL(proxy.URL + "/;token=open-sesame")
	require.NoError(t, err)
	o := when(0, proxy.Close)
	o.Patience = time.Second
	s, err := sparkconnect.Open(t.Context(), target, o)
	require.NoError(t, err)
	require.ErrorContains(t, s.Exec(t.Context(), slowly(dir, 4000)), "it was tried for 1s", "16 tasks of 80 seconds, one at a time")
	require.Error(t, s.Close(), "nobody hears the farewell")

	begun := time.Now()
	s = open(t, server.URL+"/;token=open-sesame", sparkconnect.Options{})
	require.NoError(t, s.Exec(t.Context(), slowly(dir+"-next", 1)))
	require.Less(t, time.Since(begun), 10*time.Minute, "the only core was not free")
	requireNumbers(t, s, dir+"-next", 1)
	require.NoFileExists(t, filepath.Join(dir, "_SUCCESS"))
}

// With a master and two workers, one dies in mid-job: the result is right all the same.
// Then the server dies in mid-job and is started again: the session is lost, which is told
// as such, and the work of before is not taken for done.
func TestWorkerAndServerKilled(t *testing.T) {
	server := sparktest.Start(t, sparktest.Options{Workers: 2})
	dir := filepath.Join(t.TempDir(), "one")
	s := open(t, server.URL, when(2, func() { server.KillWorker(1) }))
	require.NoError(t, s.Exec(t.Context(), slowly(dir, 100)))
	requireNumbers(t, s, dir, 100)

	dir = filepath.Join(t.TempDir(), "two")
	var waits int
	restarted := make(chan error, 1)
	o := when(2, func() {
		server.Crash()
		go func() { restarted <- server.Restart(t.Context()) }()
	})
	o.Waiting = func(error, time.Duration) { waits++ }
	s = open(t, server.URL, o)
	err := s.Exec(t.Context(), slowly(dir, 100))
	require.ErrorIs(t, err, sparkconnect.ErrSessionLost)
	require.NoError(t, <-restarted)
	require.Positive(t, waits)
	require.NoFileExists(t, filepath.Join(dir, "_SUCCESS"))

	s = open(t, server.URL, sparkconnect.Options{})
	require.NoError(t, s.Exec(t.Context(), slowly(dir+"-again", 1)))
	requireNumbers(t, s, dir+"-again", 1)
}
