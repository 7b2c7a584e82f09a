package publish

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// Files in a folder are published with it, and on the disk before the night has its name.
func TestFilesInAFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	r := newRecorder(dir)
	for range 2 { // the second time in place of the first
		r.done = nil
		s, err := series{filepath.Join(dir, "shop"), r}.begin(day(t, "2011-12-10"))
		require.NoError(t, err)
		put(t, s, "lists/email.csv", "a\nb\n")
		put(t, s, "customers.csv", "a\n")
		put(t, s, "lists/sms.csv", "a\n")
		put(t, s, "feeds/csv/tiers.csv", "a\n")
		var names []string
		for _, f := range s.Files() {
			names = append(names, f.Path)
		}
		require.Equal(t, []string{"customers.csv", "feeds/csv/tiers.csv", "lists/email.csv", "lists/sms.csv"}, names)
		final, err := s.Commit(map[string]int{"generation": 1})
		require.NoError(t, err)
		text, err := os.ReadFile(filepath.Join(final, "lists", "email.csv"))
		require.NoError(t, err)
		require.Equal(t, "a\nb\n", string(text))
		require.Contains(t, r.done, "sync .staging-2011-12-10/feeds/csv")
		synced := slices.Index(r.done, "sync .staging-2011-12-10/lists")
		require.Greater(t, synced, slices.Index(r.done, "sync .staging-2011-12-10/lists/sms.csv"))
		require.Less(t, synced, slices.Index(r.done, "sync .staging-2011-12-10"))
	}
	// What a killed run left in a folder goes with it.
	s := stage(t, dir, "2011-12-11")
	put(t, s, "lists/email.csv", "a\n")
	require.NoError(t, s.Abort())
	require.NoDirExists(t, s.path)
}
