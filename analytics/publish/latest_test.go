package publish

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLatestPointsAtTheNewestNight(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(dir, "shop", LatestLink)
	for _, step := range []struct {
		night  string
		n      int
		latest int
	}{
		{"2011-12-10", 1, 1},
		{"2011-12-12", 2, 2},
		{"2011-12-11", 3, 2}, // a night that was missed, made up for
		{"2011-12-10", 4, 2}, // an earlier night again
		{"2011-12-12", 5, 5}, // the newest again
		{"2012-01-01", 6, 6},
	} {
		publishGeneration(t, dir, step.night, step.n)
		requireGeneration(t, filepath.Join(dir, "shop", step.night), step.n)
		requireGeneration(t, link, step.latest)
	}
}

func TestLatestFollowsARemovedNight(t *testing.T) {
	dir := t.TempDir()
	publishGeneration(t, dir, "2011-12-10", 1)
	require.NoError(t, os.RemoveAll(publishGeneration(t, dir, "2011-12-12", 2)))
	require.NoError(t, stage(t, dir, "2011-12-11").Abort())
	requireGeneration(t, filepath.Join(dir, "shop", LatestLink), 1)
}

func TestLatestSurvivesAMoveOfTheFolder(t *testing.T) {
	dir := t.TempDir()
	publishGeneration(t, dir, "2011-12-10", 1)
	moved := filepath.Join(t.TempDir(), "moved")
	rename(t, filepath.Join(dir, "shop"), moved)
	requireGeneration(t, filepath.Join(moved, LatestLink), 1)
}

func TestPrevious(t *testing.T) {
	dir := t.TempDir()
	_, ok, err := Previous(dir, "shop", day(t, "2011-12-10"))
	require.NoError(t, err)
	require.False(t, ok, "no folder yet")

	publishGeneration(t, dir, "2011-12-08", 1)
	publishGeneration(t, dir, "2011-12-10", 2)
	shop := filepath.Join(dir, "shop")
	for _, whole := range []string{".staging-2011-12-09", ".replaced-2011-12-09", "2011-12-9", "2011-12-09x", "2011-02-30", "backup"} {
		require.NoError(t, os.Mkdir(filepath.Join(shop, whole), 0o750))
		require.NoError(t, os.WriteFile(filepath.Join(shop, whole, SuccessFile), nil, 0o600))
	}
	require.NoError(t, os.Mkdir(filepath.Join(shop, "2011-12-09"), 0o750)) // without _SUCCESS
	require.NoError(t, os.WriteFile(filepath.Join(shop, "2011-12-07"), nil, 0o600))

	for asOf, want := range map[string]string{
		"2011-12-07": "",
		"2011-12-08": "", // the same night is not earlier
		"2011-12-09": "2011-12-08",
		"2011-12-10": "2011-12-08",
		"2011-12-11": "2011-12-10",
		"2031-01-01": "2011-12-10",
	} {
		path, ok, err := Previous(dir, "shop", day(t, asOf))
		require.NoError(t, err)
		require.Equal(t, want != "", ok, asOf)
		if ok {
			require.Equal(t, filepath.Join(shop, want), path, asOf)
		}
	}
}
