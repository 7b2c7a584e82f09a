package cache_test

import (
	"encoding/json"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/cache"
)

// run opens the folder of a shop, as a run of the job does.
func run(t *testing.T, dir string) *cache.Folder {
	t.Helper()
	f, err := cache.Open(t.Context(), dir, "shop")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, f.Close()) })
	return f
}

var key = cache.Key{Bytes: 7, Content: strings.Repeat("c", 64), Meaning: strings.Repeat("d", 64)}

// keep makes an entry.
func keep(t *testing.T, f *cache.Folder, k cache.Key, data string) {
	t.Helper()
	d, err := f.Begin(k)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(d.Path(), []byte(data), 0o644))
	d.Facts = map[string]int{"rows": 3}
	require.NoError(t, d.Keep())
	f.Of(k.Content)
}

// night is a run whose exports have one file, with an entry or without.
func night(t *testing.T, dir string, k cache.Key, takes bool) {
	t.Helper()
	f := run(t, dir)
	f.Of(k.Content)
	if takes {
		e := f.Find(k, "shop.csv")
		require.NotNil(t, e)
		f.Took(e, 3)
	}
	require.NoError(t, f.Finish())
}

func TestEntry(t *testing.T) {
	dir := t.TempDir()
	first := run(t, dir)
	require.False(t, first.MayHold(key.Bytes))
	require.Nil(t, first.Find(key, "shop.csv"))
	keep(t, first, key, "rows")
	require.NoError(t, first.Finish())

	next := run(t, dir)
	require.True(t, next.MayHold(key.Bytes))
	require.False(t, next.MayHold(8))
	e := next.Find(key, "shop.csv")
	require.NotNil(t, e)
	data, err := os.ReadFile(e.Data)
	require.NoError(t, err)
	require.Equal(t, "rows", string(data))
	require.JSONEq(t, `{"rows": 3}`, string(e.Facts))
	for _, other := range []cache.Key{
		{Bytes: 8, Content: key.Content, Meaning: key.Meaning},
		{Bytes: 7, Content: key.Meaning, Meaning: key.Meaning},
		{Bytes: 7, Content: key.Content, Meaning: key.Content},
		{Bytes: 7, Content: key.Content, Meaning: strings.Repeat("d", 63) + "e"}, // of the same name
	} {
		require.Nil(t, next.Find(other, "shop.csv"))
	}
}

// An entry that is not as it was written is no entry, and is named.
func TestDamage(t *testing.T) {
	for name, spoil := range map[string]func(text []byte) []byte{
		"a bit":   func(text []byte) []byte { text[len(text)/2] ^= 4; return text },
		"cut":     func(text []byte) []byte { return text[:len(text)-2] },
		"empty":   func([]byte) []byte { return nil },
		"longer":  func(text []byte) []byte { return append(text, 'x') },
		"removed": nil,
	} {
		for _, ending := range []string{".json", ".parquet"} {
			t.Run(name+ending, func(t *testing.T) {
				dir := t.TempDir()
				f := run(t, dir)
				keep(t, f, key, "rows of the file")
				files, err := filepath.Glob(filepath.Join(dir, "shop", "7-*"+ending))
				require.NoError(t, err)
				require.Len(t, files, 1)
				if spoil == nil {
					require.NoError(t, os.Remove(files[0]))
				} else {
					text, err := os.ReadFile(files[0])
					require.NoError(t, err)
					require.NoError(t, os.WriteFile(files[0], spoil(text), 0o600))
				}
				require.Nil(t, f.Find(key, "shop.csv"))
				if name != "removed" || ending != ".json" { // without a manifest there is no entry
					require.Equal(t, []string{"shop.csv"}, f.Use().Damaged)
				}
				keep(t, f, key, "rows of the file") // is made anew
				require.NotNil(t, f.Find(key, "shop.csv"))
			})
		}
	}
}

// A folder in the place of a file is damage like any other; folders of other names stay.
func TestFoldersInPlaceOfFiles(t *testing.T) {
	dir := t.TempDir()
	keep(t, run(t, dir), key, "rows of the file")
	files, err := filepath.Glob(filepath.Join(dir, "shop", "7-*"))
	require.NoError(t, err)
	require.Len(t, files, 2)
	for _, path := range append(files, filepath.Join(dir, "shop", "other")) {
		require.NoError(t, os.RemoveAll(path))
		require.NoError(t, os.MkdirAll(filepath.Join(path, "sub"), 0o700))
	}
	f := run(t, dir)
	require.Nil(t, f.Find(key, "shop.csv"))
	keep(t, f, key, "rows of the file")
	require.NoError(t, f.Finish())
	require.NotNil(t, run(t, dir).Find(key, "shop.csv"))
	require.DirExists(t, filepath.Join(dir, "shop", "other", "sub"))
}

// An entry goes with its file, on the first night that does not have it; while the file is
// there it stays for some runs that have no use for it.
func TestWhatIsNotNeededIsRemoved(t *testing.T) {
	dir := t.TempDir()
	first := run(t, dir)
	keep(t, first, key, "rows")
	require.NoError(t, first.Finish())
	for range 6 {
		night(t, dir, key, false)
	}
	night(t, dir, key, true)
	for range 7 {
		night(t, dir, key, false)
	}
	require.Nil(t, run(t, dir).Find(key, "shop.csv"), "unused for seven runs")

	f := run(t, t.TempDir())
	keep(t, f, key, "rows")
	require.NoError(t, f.Finish())
	other := cache.Key{Bytes: 7, Content: key.Meaning, Meaning: key.Meaning}
	dir = filepath.Dir(f.Path())
	night(t, dir, other, false)
	left, err := filepath.Glob(filepath.Join(dir, "shop", "7-*"))
	require.NoError(t, err)
	require.Empty(t, left, "its file is gone")
}

// look reads the folder as it is, and leaves it.
func look(t *testing.T, dir string, at func(*cache.Folder)) {
	t.Helper()
	f := run(t, dir)
	at(f)
	require.NoError(t, f.Close())
}

// An entry goes with every file that it has cells of.
func TestAJoinedFileIsGone(t *testing.T) {
	dir := t.TempDir()
	f := run(t, dir)
	d, err := f.Begin(key)
	require.NoError(t, err)
	d.Beside = []string{"the customers"}
	require.NoError(t, d.Keep())
	f.Of(key.Content)
	f.Of("the customers")
	require.NoError(t, f.Finish())
	look(t, dir, func(f *cache.Folder) { require.NotNil(t, f.Find(key, "shop.csv")) })
	night(t, dir, key, false)
	look(t, dir, func(f *cache.Folder) { require.Nil(t, f.Find(key, "shop.csv")) })
}

// What a run noted of all entries is there for the next, and for no run after it that notes
// nothing.
func TestNote(t *testing.T) {
	dir := t.TempDir()
	f := run(t, dir)
	var names []string
	require.False(t, f.Noted(&names))
	require.NoError(t, f.Note([]string{"one", "other"}))
	require.NoError(t, f.Finish())
	look(t, dir, func(f *cache.Folder) { require.True(t, f.Noted(&names)) })
	require.Equal(t, []string{"one", "other"}, names)

	path := filepath.Join(dir, "shop", "note.json")
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	text[3] ^= 1
	require.NoError(t, os.WriteFile(path, text, 0o600))
	look(t, dir, func(f *cache.Folder) { require.False(t, f.Noted(&names)) })
	night(t, dir, key, false)
	require.NoFileExists(t, path)
}

// While another run is at work nothing is removed.
func TestTwoRunsAtOnce(t *testing.T) {
	dir := t.TempDir()
	one, other := run(t, dir), run(t, dir)
	keep(t, one, key, "rows in an order")
	keep(t, other, key, "rows in another")
	require.NotNil(t, one.Find(key, "shop.csv"), "the entry is whole, whoever made it last")
	gone := run(t, dir)
	require.NoError(t, gone.Finish())
	require.NotNil(t, one.Find(key, "shop.csv"))
	require.NoError(t, one.Finish())
	require.NoError(t, other.Finish())
	data, err := filepath.Glob(filepath.Join(dir, "shop", "*.parquet"))
	require.NoError(t, err)
	require.Len(t, data, 1, "what no manifest names is removed by the last")
}

// Customers' data are for this user alone.
func TestNobodyElseReads(t *testing.T) {
	dir := t.TempDir()
	f := run(t, filepath.Join(dir, ".cache"))
	keep(t, f, key, "rows")
	f.Remember(cache.Stamp{Path: "shop.csv"}, key.Content)
	require.NoError(t, f.Finish())
	require.NoError(t, filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		require.NoError(t, err)
		info, err := e.Info()
		require.NoError(t, err)
		if path != dir {
			require.Zero(t, info.Mode().Perm()&0o077, path)
		}
		return nil
	}))
}

func TestStamps(t *testing.T) {
	dir := t.TempDir()
	stamp := cache.Stamp{Path: "shop.csv", Inode: 3, Bytes: 7, Written: 5, Changed: 5}
	f := run(t, dir)
	_, known := f.Known(stamp)
	require.False(t, known)
	f.Remember(stamp, key.Content)
	require.NoError(t, f.Finish())

	next := run(t, dir)
	content, known := next.Known(stamp)
	require.True(t, known)
	require.Equal(t, key.Content, content)
	stamp.Changed++
	_, known = next.Known(stamp)
	require.False(t, known)
}

// Rows of files that are gone are removed also where the disk is full: what is written after that
// is said to have failed.
func TestRowsGoWhereStampsCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	f := run(t, dir)
	keep(t, f, key, "rows of somebody who is erased")
	require.NoError(t, f.Finish())
	f = run(t, dir)
	f.Of("another file")
	f.Remember(cache.Stamp{Path: strings.Repeat("x", 1<<16)}, key.Content)
	require.ErrorIs(t, onFullDisk(t, f.Finish), syscall.EFBIG)
	left, err := filepath.Glob(filepath.Join(dir, "shop", "7-*"))
	require.NoError(t, err)
	require.Empty(t, left)
}

// What a run was writing does not stay when the run ends early, and what a run that was killed
// left does not stay when the next one begins.
func TestNothingHalfWrittenStays(t *testing.T) {
	dir := t.TempDir()
	parts := func() []string {
		all, err := filepath.Glob(filepath.Join(dir, "shop", "*.part"))
		require.NoError(t, err)
		return all
	}
	f, other := run(t, dir), run(t, dir)
	d, err := f.Begin(key)
	require.NoError(t, err)
	_, err = d.Piece("days", "a query")
	require.NoError(t, err)
	_, err = other.Begin(key)
	require.NoError(t, err)
	require.Len(t, parts(), 3)
	require.NoError(t, f.Close())
	require.Len(t, parts(), 1, "another run is writing it")
	run(t, dir)
	require.Len(t, parts(), 1)

	dir = t.TempDir()
	require.NoError(t, run(t, dir).Close())
	require.NoError(t, os.WriteFile(filepath.Join(dir, "shop", "1.part"), []byte("rows"), 0o600))
	run(t, dir)
	require.Empty(t, parts())
}

// One run that fails may have had exports that arrived in part. Entries whose file the next does
// not have either are removed, though it fails too.
func TestRunsThatFailRemoveWhatIsGone(t *testing.T) {
	dir := t.TempDir()
	there := cache.Key{Bytes: 7, Content: key.Meaning, Meaning: key.Meaning}
	f := run(t, dir)
	keep(t, f, key, "rows")
	keep(t, f, there, "other rows")
	require.NoError(t, f.Note("found"))
	require.NoError(t, f.Finish())
	fails := func(listed bool) {
		t.Helper()
		f := run(t, dir)
		f.Of(there.Content)
		if listed {
			f.Listed()
		}
		require.NoError(t, f.Close())
	}
	has := func(k cache.Key) (has bool) {
		look(t, dir, func(f *cache.Folder) { has = f.Find(k, "shop.csv") != nil })
		return has
	}
	for range 3 {
		fails(false)
		require.True(t, has(key), "not all files were known")
	}
	for range 3 { // the night is tried again
		fails(true)
		require.True(t, has(key))
	}
	halfADayPasses(t, filepath.Join(dir, "shop", "usage.json"))
	fails(true)
	require.False(t, has(key))
	for range 10 {
		fails(true)
	}
	require.True(t, has(there), "runs that fail make nothing idle")
	require.FileExists(t, filepath.Join(dir, "shop", "note.json"))
}

// halfADayPasses has entries be gone for as much longer.
func halfADayPasses(t *testing.T, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	var usage map[string]any
	require.NoError(t, json.Unmarshal(text, &usage))
	gone := usage["gone"].(map[string]any)
	require.Len(t, gone, 1)
	for name, since := range gone {
		gone[name] = int64(since.(float64)) - int64((12 * time.Hour).Seconds())
	}
	text, err = json.Marshal(usage)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, text, 0o600))
}

// onFullDisk does something while no file can be written to beyond some bytes.
func onFullDisk(t *testing.T, do func() error) error {
	t.Helper()
	const few = 1 << 14
	var before syscall.Rlimit
	require.NoError(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before))
	signal.Ignore(syscall.SIGXFSZ) // so that the write is an error, and not the end of the process
	defer signal.Reset(syscall.SIGXFSZ)
	require.NoError(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: few, Max: before.Max}))
	defer func() { require.NoError(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before)) }()
	return do()
}

// A file that was written just before it was read may be written to once more in the same second.
func TestStampsOfFilesJustWrittenAreNotKept(t *testing.T) {
	now := time.Now()
	for name, of := range map[string]struct {
		written, changed time.Duration // from now
		known            bool
	}{
		"long ago":                  {-time.Hour, -time.Hour, true},
		"some seconds ago":          {-3 * time.Second, -3 * time.Second, true},
		"just now":                  {-time.Second, -time.Second, false},
		"just now, its time set":    {-time.Hour, -time.Second, false},
		"while it was read":         {time.Second, time.Second, false},
		"by a clock that runs fast": {time.Hour, -time.Hour, false},
		"a system without changes":  {-time.Hour, -time.Duration(now.UnixNano()), true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			stamp := cache.Stamp{Path: "shop.csv", Bytes: 7, Written: now.Add(of.written).UnixNano(), Changed: now.Add(of.changed).UnixNano()}
			f := run(t, dir)
			f.Remember(stamp, key.Content)
			require.NoError(t, f.Finish())
			_, known := run(t, dir).Known(stamp)
			require.Equal(t, of.known, known)
		})
	}
}
