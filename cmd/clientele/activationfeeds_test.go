package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/feeds/shapes"
)

// What engines are given on nights of campaigns, in all shapes: the contacts of the lists, each
// change of tier once in all nights, and the same bytes when a night is run again.
func TestFeedsOfCampaigns(t *testing.T) {
	var all []string
	for _, s := range shapes.All {
		ids := ""
		if s.Name == "youzan" { // which knows customers by their phone, of which this shop has none
			ids = ", ids: {手机号: customer_id}"
		}
		all = append(all, "{shape: "+s.Name+ids+"}")
	}
	feeds := "feeds=[" + strings.Join(all, ", ") + "]"
	out := nights(t, "", "--set", feeds)
	changed := map[string]map[string]string{} // by shape: the night of each change
	for _, night := range activationNights {
		listed := idsOf(t, filepath.Join(out, night, "lists", "email.csv"))
		changes := read(t, out, night, "tiers_delta.csv")
		for _, s := range shapes.All {
			folder := filepath.Join("feeds", s.Name)
			file := "." + string(s.Format)
			require.Equal(t, listed, customersIn(read(t, out, night, filepath.Join(folder, "lists", "email"+file))), "%s, %s", s.Name, night)
			if changed[s.Name] == nil {
				changed[s.Name] = map[string]string{}
			}
			for _, id := range changeID.FindAllString(read(t, out, night, filepath.Join(folder, "tiers"+file)), -1) {
				require.Contains(t, changes, id)
				require.Empty(t, changed[s.Name][id], "%s: a change of %s is told again", s.Name, night)
				changed[s.Name][id] = night
			}
		}
	}
	require.Greater(t, len(changed["csv"]), 100)
	require.NotEmpty(t, changed["klaviyo"])

	before := filesBelow(t, filepath.Join(out, "2026-04-08", "feeds"))
	require.Len(t, before, 3*len(shapes.All))
	runNight(t, filepath.Dir(filepath.Dir(out)), "2026-04-08", "--set", feeds, "--threads", "1")
	require.Equal(t, before, filesBelow(t, filepath.Join(out, "2026-04-08", "feeds")))
}

var (
	customerID = regexp.MustCompile(`\bC\d{7}\b`)
	changeID   = regexp.MustCompile(`\b[0-9a-f]{64}\b`)
)

// customersIn are the ids of customers in a text.
func customersIn(text string) map[string]bool {
	ids := map[string]bool{}
	for _, id := range customerID.FindAllString(text, -1) {
		ids[id] = true
	}
	return ids
}

// filesBelow are the files in a folder and in those below it, by their names.
func filesBelow(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	require.NoError(t, filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		require.NoError(t, err)
		if !d.IsDir() {
			content, err := os.ReadFile(path)
			require.NoError(t, err)
			all[path] = string(content)
		}
		return nil
	}))
	return all
}
