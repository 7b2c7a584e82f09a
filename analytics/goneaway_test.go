package analytics_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/ledger"
)

// shopOf writes a job whose export has one customer per id, and gives the job file.
func shopOf(t *testing.T, dir string, ids ...string) string {
	t.Helper()
	var rows strings.Builder
	rows.WriteString("customer,time,amount\n")
	for i, id := range ids {
		fmt.Fprintf(&rows, "%s,2026-06-%02d,%d\n%s,2026-05-%02d,10\n", id, 1+i, 20+i, id, 1+i)
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "tx.csv"), []byte(rows.String()), 0o600))
	file := filepath.Join(dir, "job.yaml")
	require.NoError(t, os.WriteFile(file, []byte("name: shop\nsources: [{path: tx.csv, columns: {customer: customer, time: time, amount: amount}}]\n"+
		"clv: off\nstages: off\ntiers: [{name: silver, qualify: {spend: 20}}]\noutput: {formats: [csv]}\n"), 0o600))
	return file
}

// idsOf are n ids.
func idsOf(prefix string, n int) (ids []string) {
	for i := range n {
		ids = append(ids, fmt.Sprintf("%s%02d", prefix, i))
	}
	return ids
}

// Exports of other customers under the same name are no next night: every tier
// would end without a word.
func TestNobodyOfTheNightBefore(t *testing.T) {
	dir := t.TempDir()
	first := publishJob(t, shopOf(t, dir, idsOf("a", 10)...), "as_of=2026-06-29")
	file := shopOf(t, dir, idsOf("0a", 10)...)
	r, err := runJob(t, file, "as_of=2026-06-30")
	require.Nil(t, r)
	var data *ledger.DataError
	require.ErrorAs(t, err, &data)
	require.EqualError(t, err, "the night before: "+first.Path+": none of its 10 customers is in tonight's exports: they are of another shop, "+
		"or write ids in another way than before; look at sources and columns.customer, give the job another name, "+
		"or leave that night behind and begin a new history with --fresh")
	require.NoDirExists(t, filepath.Join(filepath.Dir(first.Path), "2026-06-30"))

	r, err = next(t, first, analytics.Options{Fresh: true}, "as_of=2026-06-30")
	require.NoError(t, err)
	require.Len(t, customersOf(t, r), 10)
}

func TestManyOfTheNightBeforeAreGone(t *testing.T) {
	for _, c := range []struct {
		stay int
		want string // the warning
	}{
		{20, ""},
		{18, ""}, // a tenth may go without a word
		{17, "customers: 3 of the 20 of 2026-06-29 are not in the exports any more, and lose their tiers and stages; " +
			"look whether exports are missing, or write ids in another way than before"},
	} {
		dir := t.TempDir()
		publishJob(t, shopOf(t, dir, idsOf("a", 20)...), "as_of=2026-06-29")
		r := publishJob(t, shopOf(t, dir, append(idsOf("a", c.stay), "b")...), "as_of=2026-06-30")
		var found string
		for _, w := range r.Warnings {
			if strings.HasPrefix(w, "customers: ") {
				found = w
			}
		}
		require.Equal(t, c.want, found, "%d stay", c.stay)
	}
}

// A handful of customers tells nothing.
func TestFewAreGone(t *testing.T) {
	dir := t.TempDir()
	publishJob(t, shopOf(t, dir, idsOf("a", 9)...), "as_of=2026-06-29")
	r := publishJob(t, shopOf(t, dir, idsOf("b", 9)...), "as_of=2026-06-30")
	require.Len(t, customersOf(t, r), 9)
}
