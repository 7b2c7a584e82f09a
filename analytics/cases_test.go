package analytics_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
)

// caseFile is a file of a small input that went wrong once, read in place
// (shared/cases).
func caseFile(t *testing.T, path ...string) string {
	t.Helper()
	file, err := filepath.Abs(filepath.Join(append([]string{"..", "..", "shared", "cases"}, path...)...))
	require.NoError(t, err)
	if _, err := os.Stat(file); err != nil {
		t.Skipf("%s is not on this machine: %v", filepath.Join(path...), err)
	}
	return file
}

// runCase publishes a case's job.
func runCase(t *testing.T, name string, settings ...string) *analytics.Result {
	t.Helper()
	settings = append([]string{"output.dir=" + t.TempDir(), "output.formats=[csv]"}, settings...)
	return publishJob(t, caseFile(t, name, "job.yaml"), settings...)
}
