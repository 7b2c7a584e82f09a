package analytics_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/simulate"
)

// In the bundled shop some customers drift from their favourite category. Those
// who are found do, within a month of the day that is given.
func TestLostInterestsOfTheBundledShop(t *testing.T) {
	o, err := simulate.Preset(simulate.Shop)
	require.NoError(t, err)
	var export, truth bytes.Buffer
	_, err = simulate.WriteCSV(t.Context(), &export, &truth, o)
	require.NoError(t, err)
	turned := map[string]string{}
	for _, row := range rowsIn(t, truth.Bytes()) {
		if row["profile"] == "drifting" {
			turned[row["customer_id"]] = row["turned"]
		}
	}

	r := publishJob(t, filepath.Join("..", "testdata", "shop.yaml"), "output.dir="+t.TempDir())
	found := tableOf(t, r.Path, "interests.csv")
	require.Len(t, found, 4)
	lost := map[string]string{}
	for _, row := range found {
		id := row["customer_id"]
		require.Contains(t, turned, id, "a customer who did not drift")
		since, err := time.Parse(time.DateOnly, row["since"])
		require.NoError(t, err)
		from, err := time.Parse(time.DateOnly, turned[id])
		require.NoError(t, err)
		require.InDelta(t, from.Unix(), since.Unix(), 31*24*3600, "%s turned on %s", id, turned[id])
		require.Equal(t, "lost", row["kind"])
		lost[id] = row["category"]
	}
	for _, c := range customersOf(t, r) {
		require.Equal(t, lost[c["customer_id"]], c["lost_interest"])
	}
	level := r.Interests.Levels[0]
	require.Equal(t, "category", level.Of)
	require.Equal(t, len(found), level.Lost)
	require.GreaterOrEqual(t, level.Pairs, level.Tested)
	total := 0
	for _, row := range tableOf(t, r.Path, "interests_by_segment.csv") {
		var n int
		_, err := fmt.Sscan(row["lost"], &n)
		require.NoError(t, err)
		total += n
	}
	require.Equal(t, len(found), total, "every lost interest belongs to a segment")
}

// A night finds the same whether or not the nights before it were run.
func TestLostInterestsHaveNoMemory(t *testing.T) {
	file, often := filepath.Join("..", "testdata", "shop.yaml"), t.TempDir()
	const model = "clv.model=nbd" // a blend would be most of the work
	for _, night := range []string{"2026-05-31", "2026-06-20"} {
		publishJob(t, file, "as_of="+night, "output.dir="+often, model)
	}
	once := tableOf(t, publishJob(t, file, "output.dir="+t.TempDir(), model).Path, "interests.csv")
	require.Equal(t, once, tableOf(t, publishJob(t, file, "output.dir="+often, model).Path, "interests.csv"))
	require.NotEmpty(t, once)
}

// drinkers writes customers who come every week for two years and take turns
// between black and green tea and a scone. After a year the customer called
// switcher takes black tea only, and quitter no tea at all.
func drinkers(t *testing.T) string {
	t.Helper()
	var rows strings.Builder
	rows.WriteString("customer,time,amount,what,which\n")
	first := time.Date(2024, 7, 1, 0, 0, 0, 0, time.UTC)
	for c := range 60 {
		id := fmt.Sprintf("c%02d", c)
		switch c {
		case 7:
			id = "quitter"
		case 8:
			id = "switcher"
		}
		for week := range 104 {
			what, which := "tea; hot", "black"
			switch (week*7 + c) % 5 {
			case 0, 1:
				which = "green"
			case 2:
				what, which = "bakery", "scone"
			}
			if week >= 52 && what == "tea; hot" {
				switch id {
				case "switcher":
					which = "black"
				case "quitter":
					what, which = "bakery", "scone"
				}
			}
			fmt.Fprintf(&rows, "%s,%s,5,%s,%s\n", id, first.AddDate(0, 0, 7*week).Format(time.DateOnly), what, which)
		}
	}
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "tx.csv"), []byte(rows.String()), 0o600))
	file := filepath.Join(dir, "job.yaml")
	require.NoError(t, os.WriteFile(file, []byte("name: teas\nas_of: 2026-06-30\nclv: off\nsources:\n"+
		"  - path: tx.csv\n    columns: {customer: customer, time: time, amount: amount, category: what, product: which}\n"), 0o600))
	return file
}

// findingsOf shortens the rows of interests.csv.
func findingsOf(t *testing.T, r *analytics.Result) []string {
	t.Helper()
	short := []string{}
	for _, row := range tableOf(t, r.Path, "interests.csv") {
		short = append(short, strings.Join([]string{row["customer_id"], row["category"], row["product"], row["kind"], row["to"]}, "|"))
	}
	return short
}

// With products under categories, who moves to a sibling has switched, and who
// loses the category is not listed for each of its products too.
func TestSwitchedAndLost(t *testing.T) {
	r := publishJob(t, drinkers(t))
	require.Equal(t, []string{"quitter|tea; hot||lost|", "switcher|tea; hot|green|switched|black"}, findingsOf(t, r))
	require.Equal(t, 1, r.Interests.Levels[0].Lost)
	require.Equal(t, 1, r.Interests.Levels[1].Switched)
	for _, c := range customersOf(t, r) {
		want := map[string]string{"quitter": "tea, hot"}[c["customer_id"]]
		require.Equal(t, want, c["lost_interest"], "a switch is no lost interest")
	}
}

// Without categories the products are what is lost, and nothing is a sibling.
func TestLostProducts(t *testing.T) {
	r := publishJob(t, without(t, "category: what, "))
	require.Equal(t, []string{"quitter|black||lost|", "quitter|green||lost|", "switcher|green||lost|"}, findingsOf(t, r))
	for _, c := range customersOf(t, r) {
		want := map[string]string{"quitter": "black;green", "switcher": "green"}[c["customer_id"]]
		require.Equal(t, want, c["lost_interest"])
	}
}

// without is the job of drinkers without a part of its text.
func without(t *testing.T, part string) string {
	t.Helper()
	file := drinkers(t)
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Contains(t, string(text), part)
	require.NoError(t, os.WriteFile(file, []byte(strings.Replace(string(text), part, "", 1)), 0o600))
	return file
}

// Where nothing that could be lost is mapped, or the tests are off, neither
// column nor file is there.
func TestInterestsThatAreOff(t *testing.T) {
	for name, r := range map[string]*analytics.Result{
		"interests off": publishJob(t, drinkers(t), "stages.interests=off"),
		"stages off":    publishJob(t, drinkers(t), "stages=off"),
		"not mapped":    publishJob(t, without(t, ", category: what, product: which")),
	} {
		require.Nil(t, r.Interests, name)
		require.NotContains(t, customersOf(t, r)[0], "lost_interest", name)
		require.NoFileExists(t, filepath.Join(r.Path, "interests.csv"), name)
		require.NoFileExists(t, filepath.Join(r.Path, "interests_by_segment.csv"), name)
		require.NotContains(t, strings.Join(r.Warnings, "\n"), "stages.interests", name)
	}
	r := publishJob(t, without(t, ", category: what, product: which"), "stages.interests.recent=0.3")
	require.Contains(t, r.Warnings, "interests: stages.interests is set, but no source maps category or product, so that no interest can be lost")
}

// The column stands where the contract says.
func TestLostInterestStandsBeforeReasons(t *testing.T) {
	r := publishJob(t, drinkers(t))
	data, err := os.ReadFile(filepath.Join(r.Path, "customers.csv"))
	require.NoError(t, err)
	header, _, _ := strings.Cut(string(data), "\n")
	require.Contains(t, header, ",decline_from,lost_interest,reasons")
}

// Without segments the summary is by category alone.
func TestLosingWithoutSegments(t *testing.T) {
	r := publishJob(t, drinkers(t), "rfm=off")
	require.Len(t, r.Interests.Losing, 1)
	losing := r.Interests.Losing[0]
	require.Equal(t, "tea; hot", losing.Category)
	require.Empty(t, losing.Segment)
	require.Equal(t, int64(1), losing.Lost)
	require.Equal(t, int64(60), losing.Regulars)
	require.InDelta(t, 1./60, losing.Share, 1e-12)
	require.InDelta(t, 1, losing.Shift, 0.1)
}
