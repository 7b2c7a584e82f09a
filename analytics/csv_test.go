package analytics_test

import (
	"bytes"
	"encoding/csv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/spreadsheet"
)

// hostile is an export whose ids, names and attributes a spreadsheet would run,
// change or confuse, and a job that makes every CSV file of a publication.
var hostile = map[string]string{
	"shop.csv": "id,order,day,amount,region,=brand,status\n" +
		"+491701234567,1,2026-01-03,100,-3,@x,paid\n" +
		"'+491701234567,2,2026-01-03,100,'-3,@x,paid\n" +
		"+491701234567,3,2026-02-03,100,-3,@x,paid\n" +
		"-5,4,2026-01-05,50,+1,＝x,paid\n" +
		"@shop,5,2026-01-06,20,n,\u200b=x,paid\n" +
		"4012888888881881,6,2026-01-06,20,007,,paid\n" +
		"=left,7,2026-01-06,20,007,,open\n" +
		"=gone,8,2026-01-06,,007,,paid\n",
	"pins.csv": "customer_id,tier,until\n'+491701234567,=gold,2026-12-31\n",
	"job.yaml": "name: hostile\nas_of: 2026-03-31\nsources:\n  - path: shop.csv\n    where: status = 'paid'\n" +
		"    columns: {customer: id, order: order, time: day, amount: amount, region: region, category: region, attributes: {brand: '\"=brand\"'}}\n" +
		"clv: {model: nbd}\n" +
		"rfm: {segments: [{name: '-all', label: '@all', r: 1-5}]}\n" +
		"tiers: {pins: pins.csv, levels: [{name: '+silver', qualify: {spend: 10}}, {name: '=gold', qualify: {spend: 90}}]}\n" +
		"output: {rejects: all}\n",
}

func hostileShop(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range hostile {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return filepath.Join(dir, "job.yaml")
}

// Programs get text as the export has it; spreadsheets get the same cells,
// guarded in all files alike.
func TestCSVFilesForMachinesAndSpreadsheets(t *testing.T) {
	file := hostileShop(t)
	machine := publishJob(t, file, "tiers.pins=", "output.dir=machine")
	sheet := publishJob(t, file, "tiers.pins=", "output.dir=sheet", "output.csv=spreadsheet")

	var ids []string
	for _, row := range tableOf(t, machine.Path, "customers.csv") {
		ids = append(ids, row["customer_id"])
	}
	require.ElementsMatch(t, []string{"+491701234567", "'+491701234567", "-5", "@shop", "4012888888881881"}, ids)

	files, err := filepath.Glob(filepath.Join(machine.Path, "*.csv"))
	require.NoError(t, err)
	require.Len(t, files, 14)
	guarded := 0
	for _, path := range files {
		want, plain := records(t, path)
		got, marked := records(t, filepath.Join(sheet.Path, filepath.Base(path)))
		require.False(t, plain, path)
		require.True(t, marked, path)
		require.Len(t, got, len(want), path)
		for i, record := range got {
			for c, cell := range record {
				if cell != want[i][c] {
					require.Equal(t, spreadsheet.Guard(want[i][c]), cell, "%s, row %d", path, i)
					guarded++
				}
			}
		}
	}
	require.Greater(t, guarded, 30)
	listed, _ := records(t, filepath.Join(machine.Path, "rejects.csv"))
	require.Len(t, listed, 3)
}

// A pin copied out of customers.csv reaches its customer in both kinds of file.
func TestPinsCopiedOutOfCustomers(t *testing.T) {
	file := hostileShop(t)
	for kind, pinned := range map[string]string{"machine": "'+491701234567", "spreadsheet": "+491701234567"} {
		r := publishJob(t, file, "output.dir="+kind, "output.formats=[csv]", "output.csv="+kind)
		got := map[string]string{}
		for _, row := range tableOf(t, r.Path, "customers.csv") {
			id, status := row["customer_id"], row["tier_status"]
			if kind == "spreadsheet" {
				id = spreadsheet.Unguard(id)
			}
			got[id] = status
		}
		require.Equal(t, "pinned", got[pinned], kind)
		delete(got, pinned)
		require.NotContains(t, slices.Collect(maps.Values(got)), "pinned")
	}
}

// records reads a CSV file and tells whether it begins with a byte order mark.
func records(t *testing.T, path string) (all [][]string, marked bool) {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	text, marked := bytes.CutPrefix(data, []byte("\ufeff"))
	all, err = csv.NewReader(bytes.NewReader(text)).ReadAll()
	require.NoError(t, err)
	return all, marked
}
