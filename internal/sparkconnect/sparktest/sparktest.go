package sparktest

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// urlVariable names the server of the whole test run.
const urlVariable = "SPARKTEST_URL"

// Shared gives the URL of the server of the whole test run. A test leaves nothing behind on
// it but its session. Without such a server the test skips.
func Shared(t testing.TB) string {
	t.Helper()
	url := os.Getenv(urlVariable)
	if url == "" {
		t.Skipf("%s is not set: no Spark server here (make test-spark starts one)", urlVariable)
	}
	return url
}

// Start gives a server for this test alone, which may kill it.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	if err := Available(); err != nil {
		t.Skip(err)
	}
	s, err := Open(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(s.Stop)
	return s
}
