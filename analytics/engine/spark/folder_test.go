package spark_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine/spark"
)

const (
	hundred = "SELECT id FROM range(0, 100, 1, 3)"
	ten     = "SELECT id FROM range(0, 10, 1, 1)"
)

func options(stage string) spark.FolderOptions {
	return spark.FolderOptions{Stage: stage, Job: "corner shop", Run: "run-1", Inputs: "files as of tonight"}
}

func openFolder(t *testing.T, c *spark.Connection, o spark.FolderOptions) *spark.Folder {
	t.Helper()
	f, err := spark.OpenFolder(t.Context(), c, o)
	require.NoError(t, err)
	return f
}

// names are the files and folders below a folder, however deep.
func names(t *testing.T, folder string) (found []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(folder, func(path string, _ os.DirEntry, err error) error {
		if path != folder {
			found = append(found, path)
		}
		return err
	}))
	return found
}

// A run that was interrupted goes on from what it had staged, as often as it is begun again,
// and one that came to its end leaves nothing.
func TestResume(t *testing.T) {
	stage := t.TempDir()
	c := &cluster{t: t}
	f := openFolder(t, c.connect(t), options(stage))
	require.NoError(t, f.Write(t.Context(), "01-days", hundred))
	files, err := f.Files("01-days")
	require.NoError(t, err)
	require.Len(t, files, 3)
	require.Equal(t, "file://"+filepath.Dir(files[0]), f.Path("01-days"))
	_, err = f.Files("02-customers")
	require.Error(t, err)
	require.NoError(t, f.Close()) // the run is killed
	require.Equal(t, 1, c.inserts())

	for range 2 {
		f = openFolder(t, c.connect(t), options(stage))
		require.NoError(t, f.Write(t.Context(), "01-days", hundred))
		require.Equal(t, []string{"01-days"}, f.Resumed())
		again, err := f.Files("01-days")
		require.NoError(t, err)
		require.Equal(t, files, again)
		require.Equal(t, 1, c.inserts())
		require.NoError(t, f.Close())
	}
	f = openFolder(t, c.connect(t), options(stage))
	require.NoError(t, f.Remove())
	require.Empty(t, names(t, stage))
}

// What was staged is not taken up where it may not be what would be staged now.
func TestNotResumed(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(t *testing.T, o *spark.FolderOptions, connection *spark.Connection, staged []string) (sql string)
	}{
		{"another statement", func(*testing.T, *spark.FolderOptions, *spark.Connection, []string) string { return ten }},
		{"other inputs", func(_ *testing.T, o *spark.FolderOptions, _ *spark.Connection, _ []string) string {
			o.Inputs = "files as of tomorrow"
			return hundred
		}},
		{"inputs that nobody knows", func(_ *testing.T, o *spark.FolderOptions, _ *spark.Connection, _ []string) string {
			o.Inputs = ""
			return hundred
		}},
		{"another run", func(_ *testing.T, o *spark.FolderOptions, _ *spark.Connection, _ []string) string {
			o.Run = "run-2"
			return hundred
		}},
		{"another view below it", func(t *testing.T, _ *spark.FolderOptions, c *spark.Connection, _ []string) string {
			require.NoError(t, c.Exec(t.Context(), "CREATE OR REPLACE TEMPORARY VIEW ledger AS SELECT 2"))
			return hundred
		}},
		{"a byte that turned", func(t *testing.T, _ *spark.FolderOptions, _ *spark.Connection, staged []string) string {
			text, err := os.ReadFile(staged[1])
			require.NoError(t, err)
			text[len(text)/2] ^= 1
			require.NoError(t, os.WriteFile(staged[1], text, 0o600))
			return hundred
		}},
		{"a file that is gone", func(t *testing.T, _ *spark.FolderOptions, _ *spark.Connection, staged []string) string {
			require.NoError(t, os.Remove(staged[2]))
			return hundred
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			stage, server := t.TempDir(), &cluster{t: t}
			o := options(stage)
			f := openFolder(t, server.connect(t), o)
			require.NoError(t, f.Write(t.Context(), "01-days", hundred))
			before, err := f.Files("01-days")
			require.NoError(t, err)
			require.NoError(t, f.Close())

			connection := server.connect(t)
			sql := c.change(t, &o, connection, before)
			f = openFolder(t, connection, o)
			require.NoError(t, f.Write(t.Context(), "01-days", sql))
			require.Empty(t, f.Resumed())
			require.Equal(t, 2, server.inserts())
			after, err := f.Files("01-days")
			require.NoError(t, err)
			require.NotEqual(t, before, after)
			if o.Run == "run-1" {
				require.NoFileExists(t, before[0], "what is of no use any more is removed")
			}
			require.NoError(t, f.RemoveDead())
			require.NoError(t, f.Remove())
			require.Empty(t, names(t, stage), "what the run before left is removed, too")
		})
	}
}

// A server that is started again in mid-job gets settings and views again, and the job a
// folder that the dead server's files are not in.
func TestServerLost(t *testing.T) {
	stage := t.TempDir()
	c := &cluster{t: t}
	connection := c.connect(t)
	require.NoError(t, connection.Exec(t.Context(), "SET a=1"))
	require.NoError(t, connection.Exec(t.Context(), "CREATE OR REPLACE TEMPORARY VIEW v AS SELECT :p1", 7))
	f := openFolder(t, connection, options(stage))
	times := 0
	c.fail = func(sql, folder string) error {
		if strings.HasPrefix(sql, "INSERT") {
			if times++; times <= 2 {
				return lost
			}
		}
		return nil
	}
	c.execs = nil
	require.NoError(t, f.Write(t.Context(), "01-days", hundred))
	require.Equal(t, 3, c.sessions)
	require.Equal(t, 3, c.inserts())
	require.Equal(t, []string{"SET a=1", "CREATE OR REPLACE TEMPORARY VIEW v AS SELECT :p1"}, c.execs[1:3])
	files, err := f.Files("01-days")
	require.NoError(t, err)
	require.Len(t, files, 3)
	require.FileExists(t, filepath.Join(filepath.Dir(files[0]), "_SUCCESS"))

	times = -100
	c.fail = func(string, string) error { return lost }
	require.ErrorIs(t, f.Write(t.Context(), "02-customers", ten), lost, "a server that dies each time is given up")
	require.NoError(t, f.Remove())
}

// A folder that not all of the cluster shares is found out before the run begins.
func TestFolderIsNotShared(t *testing.T) {
	c := &cluster{t: t, parts: func(n int) int { return n / 2 }}
	_, err := spark.OpenFolder(t.Context(), c.connect(t), options(t.TempDir()))
	require.ErrorContains(t, err, "32 tasks of the cluster wrote into")
	require.ErrorContains(t, err, "the files of 16 are here")

	c = &cluster{t: t}
	f := openFolder(t, c.connect(t), options(t.TempDir()))
	c.parts = func(n int) int { return n - 1 }
	require.ErrorContains(t, f.Write(t.Context(), "01-days", hundred), "the cluster counts 100 rows there, and this machine 66")
	require.NoError(t, f.Close())
}

// One run at a time has a folder, and a run at its end leaves alone what others have.
func TestFolderIsHeld(t *testing.T) {
	stage := t.TempDir()
	c := (&cluster{t: t}).connect(t)
	one := openFolder(t, c, options(stage))
	_, err := spark.OpenFolder(t.Context(), c, options(stage))
	require.ErrorIs(t, err, spark.ErrStageBusy)

	o := options(stage)
	o.Run = "run-2"
	two := openFolder(t, c, o)
	require.NoError(t, one.Write(t.Context(), "01-days", ten))
	foreign := filepath.Join(stage, "somebody's own")
	require.NoError(t, os.Mkdir(foreign, 0o700))
	require.NoError(t, two.RemoveDead())
	require.NoError(t, two.Remove())
	files, err := one.Files("01-days")
	require.NoError(t, err)
	require.FileExists(t, files[0])
	require.NoError(t, one.Remove())
	require.Equal(t, []string{foreign}, names(t, stage))
}

// A statement's own fault is not tried again, and leaves nothing of its attempt.
func TestWriteFails(t *testing.T) {
	stage := t.TempDir()
	c := &cluster{t: t}
	f := openFolder(t, c.connect(t), options(stage))
	c.fail = func(string, string) error { return errors.New("no such column") }
	require.EqualError(t, f.Write(t.Context(), "01-days", ten), "no such column")
	require.Equal(t, 1, c.inserts())
	require.Len(t, names(t, stage), 3, "the folders of job and run, and the lock")
	require.NoError(t, f.Close())
}

// A stage that is not there, is no folder or cannot be written to is told without a word to the
// cluster, and is not made.
func TestNoStage(t *testing.T) {
	missing, file := filepath.Join(t.TempDir(), "not mounted"), filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	for stage, want := range map[string]string{
		missing: "engine.stage: there is no folder " + missing,
		file:    "is no folder; name the folder",
		"/proc": "engine.stage: this program cannot write there: ", // as nobody can, whatever their rights
	} {
		c := &cluster{t: t}
		_, err := spark.OpenFolder(t.Context(), c.connect(t), options(stage))
		require.ErrorContains(t, err, want)
		require.Empty(t, c.execs)
	}
	require.NoDirExists(t, missing)
}
