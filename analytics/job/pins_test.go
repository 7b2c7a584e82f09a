package job_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
)

// pinned is a job in a folder of its own whose pins file holds the text.
func pinned(t *testing.T, text string) *job.Job {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "pins.csv"), []byte(text), 0o600))
	j := parse(t, minimal+"tiers: {pins: pins.csv, levels: [{name: silver, qualify: {spend: 5}}, {name: gold, qualify: {spend: 9}}]}\n")
	j.Dir = dir
	return j
}

func TestPinsAreRead(t *testing.T) {
	pins, err := pinned(t, "\ufeffuntil,tier,customer_id\n2026-02-28,gold,c1\n2026-03-01,,\"c,2\"\n").ReadPins()
	require.NoError(t, err)
	require.Equal(t, "pins.csv", pins.Path)
	require.Len(t, pins.SHA256, 64)
	for i := range pins.List {
		pins.List[i].At = job.Position{}
	}
	require.Equal(t, []job.Pin{
		{Customer: "c1", Tier: "gold", Until: time.Date(2026, 2, 28, 0, 0, 0, 0, time.UTC)},
		{Customer: "c,2", Until: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)},
	}, pins.List)

	none, err := parse(t, minimal).ReadPins()
	require.NoError(t, err)
	require.Nil(t, none)
}

// An id copied out of a CSV file for spreadsheets is that of the customer. Where
// CSV files are for programs, an apostrophe is part of the id.
func TestPinsCopiedFromASpreadsheet(t *testing.T) {
	const text = "customer_id,tier,until\n'+49170,gold,2026-03-01\n-5,gold,2026-03-01\n''x,gold,2026-03-01\n'y,gold,2026-03-01\n"
	for kind, want := range map[string][]string{
		job.MachineCSV:     {"'+49170", "-5", "''x", "'y"},
		job.SpreadsheetCSV: {"+49170", "-5", "'x", "'y"},
	} {
		j := pinned(t, text)
		j.Output.CSV = kind
		pins, err := j.ReadPins()
		require.NoError(t, err)
		var got []string
		for _, p := range pins.List {
			got = append(got, p.Customer)
		}
		require.Equal(t, want, got, kind)
	}

	j := pinned(t, "customer_id,tier,until\n'+49170,gold,2026-03-01\n+49170,gold,2026-03-01\n")
	j.Output.CSV = job.SpreadsheetCSV
	_, err := j.ReadPins()
	require.ErrorContains(t, err, "pins.csv:3:1: customer_id: ")
}

// The map is mended by what identity.csv lists, where the same ids bear the same mark.
func TestMapCopiedFromASpreadsheet(t *testing.T) {
	for kind, want := range map[string]map[string]string{
		job.MachineCSV:     {"'0017": "'+49"},
		job.SpreadsheetCSV: {"0017": "+49"},
	} {
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, "ids.csv"), []byte("alias,customer\n'0017,'+49\n"), 0o600))
		j := parse(t, minimal+"identity: {map: ids.csv}\n")
		j.Dir, j.Output.CSV = dir, kind
		ids, err := j.ReadIDMap()
		require.NoError(t, err)
		require.Equal(t, want, ids.Customer, kind)
	}
}

// Columns may be parted by semicolons or tabs, and stand among others in any order.
func TestPinsAsSpreadsheetsWriteThem(t *testing.T) {
	for _, text := range []string{
		"Tier;until;customer_id\ngold;2026-03-01;c1\n",
		"\ufeffcustomer_id\ttier\tuntil\r\nc1\tgold\t2026-03-01\r\n",
		"\"why, by whom\";customer_id;tier;until\n\"a, b\";c1;gold;2026-03-01\n",
	} {
		pins, err := pinned(t, text).ReadPins()
		require.NoError(t, err, text)
		require.Len(t, pins.List, 1)
		require.Equal(t, "c1 gold 2026-03-01", pins.List[0].Customer+" "+pins.List[0].Tier+" "+pins.List[0].Until.Format(time.DateOnly))
	}
}

func TestPinViolations(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "pins.csv:1:1: the file is empty; want a header with customer_id, tier, until"},
		{"customer,tier,until\n", "pins.csv:1:1: the column customer_id is missing; want a header with customer_id, tier, until"},
		{
			"customer_id,tier,until\nc1,gld,soon\n,silver,2026-02-30\nc1,gold,2026-01-01\n",
			`pins.csv:2:4: tier: is no tier; want silver or gold, or nothing to keep the customer out` + "\n" +
				`pins.csv:2:8: until: is not a date; want the last day of the pin, such as 2026-12-31` + "\n" +
				`pins.csv:3:1: customer_id: is empty; want the customer whose tier is given` + "\n" +
				`pins.csv:3:9: until: is not a date; want the last day of the pin, such as 2026-12-31` + "\n" +
				`pins.csv:4:1: customer_id: has a pin on line 2 already; keep one`,
		},
		{"c1,gold,2026-01-01\n", "pins.csv:1:1: the column customer_id is missing; want a header with customer_id, tier, until\n" +
			"pins.csv:1:1: the column tier is missing; want a header with customer_id, tier, until\n" +
			"pins.csv:1:1: the column until is missing; want a header with customer_id, tier, until"},
		{"customer_id,tier,until\nc1,gold\n", "pins.csv:2:1: is not CSV: wrong number of fields"},
	} {
		j := pinned(t, c.text)
		_, err := j.ReadPins()
		var all job.Errors
		require.ErrorAs(t, err, &all)
		for i := range all {
			all[i].At.File = filepath.Base(all[i].At.File)
		}
		require.Equal(t, c.want, all.Error())
	}
	j := pinned(t, "")
	require.NoError(t, os.Remove(filepath.Join(j.Dir, "pins.csv")))
	_, err := j.ReadPins()
	require.EqualError(t, err, filepath.Join(j.Dir, "pins.csv")+": tiers.pins: no such file; check the path, or remove tiers.pins")
}
