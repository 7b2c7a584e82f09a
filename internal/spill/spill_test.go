package spill_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/internal/spill"
)

// TestMain lets the test binary be a run that makes a folder and waits to be killed.
func TestMain(m *testing.M) {
	if parent := os.Getenv("SPILL_PARENT"); parent != "" {
		f, err := spill.Make(parent)
		fmt.Println(f.Path(), err)
		time.Sleep(time.Hour)
	}
	os.Exit(m.Run())
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	found := []string{}
	for _, e := range entries {
		found = append(found, e.Name())
	}
	return found
}

func make1(t *testing.T, parent string) *spill.Folder {
	t.Helper()
	f, err := spill.Make(parent)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, f.Remove()) })
	return f
}

func TestFolderIsForOneUserAlone(t *testing.T) {
	parent := t.TempDir()
	f := make1(t, parent)
	info, err := os.Stat(f.Path())
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o700), info.Mode().Perm())
	require.Equal(t, parent, filepath.Dir(f.Path()))
	require.NoError(t, os.WriteFile(filepath.Join(f.Path(), "rows"), []byte("ann"), 0o600))
	require.NoError(t, f.Remove())
	require.NoError(t, f.Remove(), "twice does no harm")
	require.Empty(t, names(t, parent))
	gone := make1(t, parent)
	require.NoError(t, os.RemoveAll(gone.Path()), "as a cleaner of temporary folders does")
	require.NoError(t, gone.Remove())
	var none *spill.Folder
	require.NoError(t, none.Remove())
}

func TestFolderWithoutParent(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	require.Equal(t, temporary, filepath.Dir(make1(t, "").Path()))
	_, err := spill.Make(filepath.Join(temporary, "absent"))
	require.ErrorIs(t, err, os.ErrNotExist)
}

// What killed runs left goes, in the parent and in the temporary folder; what living
// ones use, and what only bears such a name, stays.
func TestDeadFoldersGo(t *testing.T) {
	parent, temporary, elsewhere := t.TempDir(), t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", temporary)
	living := make1(t, parent)
	require.NoError(t, os.WriteFile(filepath.Join(elsewhere, "file"), nil, 0o600))
	for _, dead := range []string{
		filepath.Join(parent, ".clientele-spill-1"), filepath.Join(temporary, ".clientele-spill-2"),
		filepath.Join(temporary, "clientele-spill-3"), // of a version without locks
	} {
		require.NoError(t, os.MkdirAll(filepath.Join(dead, "inner"), 0o700))
		require.NoError(t, os.WriteFile(filepath.Join(dead, "inner", "rows"), []byte("ann"), 0o600))
		require.NoError(t, os.Symlink(elsewhere, filepath.Join(dead, "link")))
	}
	require.NoError(t, os.Symlink(elsewhere, filepath.Join(parent, ".clientele-spill-5")))
	require.NoError(t, os.WriteFile(filepath.Join(parent, ".clientele-spill-6"), nil, 0o600))
	odd := filepath.Join(parent, ".clientele-spill-4")
	require.NoError(t, os.Mkdir(odd, 0o700))
	require.NoError(t, os.Symlink(filepath.Join(elsewhere, "made"), filepath.Join(odd, ".lock")))

	notes := filepath.Join(temporary, "clientele-spill-notes")
	require.NoError(t, os.Mkdir(notes, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(notes, "precious"), nil, 0o600))

	mine := make1(t, parent)
	require.ElementsMatch(t, []string{
		filepath.Base(living.Path()), filepath.Base(mine.Path()), ".clientele-spill-4", ".clientele-spill-5", ".clientele-spill-6",
	}, names(t, parent))
	require.Equal(t, []string{"clientele-spill-notes"}, names(t, temporary))
	require.Equal(t, []string{"precious"}, names(t, notes))
	require.Equal(t, []string{"file"}, names(t, elsewhere))
}

// A run in a process of its own keeps its folder while it lives, and loses it to the
// next run when it was killed.
func TestFolderOfAKilledProcess(t *testing.T) {
	parent := t.TempDir()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "SPILL_PARENT="+parent)
	out, err := c.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, c.Start())
	defer func() { _ = c.Process.Kill() }()
	said := bufio.NewScanner(out)
	require.True(t, said.Scan())
	require.Contains(t, said.Text(), " <nil>")

	require.NoError(t, make1(t, parent).Remove())
	require.Len(t, names(t, parent), 1, "the folder of a living process")
	require.NoError(t, c.Process.Kill())
	_ = c.Wait() // it was killed
	require.NoError(t, make1(t, parent).Remove())
	require.Empty(t, names(t, parent))
}

// Many begin and end at once, and none loses its folder to another.
func TestManyAtOnce(t *testing.T) {
	parent := t.TempDir()
	errs := make([]error, 8)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() {
			for range 50 {
				f, err := spill.Make(parent)
				if err != nil {
					errs[i] = err
					return
				}
				file := filepath.Join(f.Path(), "rows")
				err = os.WriteFile(file, nil, 0o600)
				if err == nil {
					_, err = os.Stat(file)
				}
				if errs[i] = errors.Join(err, f.Remove()); errs[i] != nil {
					return
				}
			}
		})
	}
	all.Wait()
	require.NoError(t, errors.Join(errs...))
	require.Empty(t, names(t, parent))
}
