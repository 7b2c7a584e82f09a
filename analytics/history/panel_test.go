package history_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/history"
)

func TestDamagedRhythm(t *testing.T) {
	dir := t.TempDir()
	path := publishNight(t, dir, "2024-01-02", settings(t, ""), nil)
	require.Nil(t, before(t, dir, "2024-01-03").Panel, "a night without stages")
	overwrite(t, path, history.PanelFile, `{"cut": 2}`)
	_, err := history.Before(dir, name, day(t, "2024-01-03"))
	require.EqualError(t, err, "previous publication "+path+": rhythm.json cannot be read: "+
		"segment: bad panel: cut is 2, want above 0 and at most 1; move the folder away to begin anew")
}
