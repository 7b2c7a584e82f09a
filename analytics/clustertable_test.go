package analytics

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
)

// Two jobs of one name in two folders are two, and one job is one wherever it is run from.
func TestOwnerOfATable(t *testing.T) {
	dir := t.TempDir()
	const yaml = "name: shop\nsources: [{path: a.csv, columns: {customer: c, time: t, amount: a}}]\n"
	for _, folder := range []string{"one", "other"} {
		require.NoError(t, os.Mkdir(filepath.Join(dir, folder), 0o700))
		require.NoError(t, os.WriteFile(filepath.Join(dir, folder, "shop.yaml"), []byte(yaml), 0o600))
	}
	owner := func(from, path string) string {
		t.Chdir(from)
		j, err := job.Load(path, nil, time.Now)
		require.NoError(t, err)
		o, err := ownerOf(j)
		require.NoError(t, err)
		require.Equal(t, "shop", o.Job)
		return o.Output
	}
	one := filepath.Join(dir, "one")
	want := filepath.Join(one, "out", "shop")
	require.Equal(t, want, owner(one, "shop.yaml"))
	require.Equal(t, want, owner(dir, filepath.Join("one", "shop.yaml")))
	require.Equal(t, want, owner(dir, filepath.Join(one, "shop.yaml")))
	require.Equal(t, filepath.Join(dir, "other", "out", "shop"), owner(filepath.Join(dir, "other"), "shop.yaml"))
}
