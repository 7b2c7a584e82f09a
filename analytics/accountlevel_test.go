package analytics_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/publication"
	"clientele/analytics/publication/cause"
)

// The account at the top is the customer just as if the export had its id on all rows: the
// files are those of an export that DuckDB has rewritten so, byte by byte.
func TestTopsAreCustomersAsIfTheExportHadThem(t *testing.T) {
	const night = "2026-03-31"
	for seed := range uint64(3) {
		shop := newAccountShop(t, seed)
		r := publishJob(t, shop.file, "as_of="+night, "hierarchy.level=top")
		rewritten := filepath.Join(shop.dir, "tops.csv")
		askDuckDB(t, fmt.Sprintf("COPY (%s, top AS (SELECT id, arg_max(above, step) AS top FROM path GROUP BY id) "+
			"SELECT coalesce(top, id) AS id, day, amount FROM row LEFT JOIN top USING (id)) TO '%s'", fmt.Sprintf(linksAgain, shop.export, night), rewritten))
		shop.write("plain.yaml", "name: shop\nsources: [{path: tops.csv, columns: {customer: id, time: day, amount: amount}}]\n"+accountJob[len(accountSource):])
		plain := publishJob(t, filepath.Join(shop.dir, "plain.yaml"), "as_of="+night, "output.dir=plain")
		for _, file := range []string{"customers.csv", "customers.parquet", "state.parquet", "purchases.parquet", "segments.csv", "at_risk.csv", "tiers_delta.csv", "model.json"} {
			want, err := os.ReadFile(filepath.Join(plain.Path, file))
			require.NoError(t, err)
			got, err := os.ReadFile(filepath.Join(r.Path, file))
			require.NoError(t, err)
			require.Equal(t, string(want), string(got), file)
		}
		require.Less(t, r.Customers, int64(40))

		// Members add up to their account.
		rows := askDuckDB(t, "SELECT customer_id, monetary::DECIMAL(38, 6) = m.spend AS same FROM read_parquet(?) JOIN (SELECT account, sum(spend::DECIMAL(38, 6)) AS spend FROM read_csv(?, all_varchar = true) GROUP BY account) m ON account = customer_id",
			filepath.Join(r.Path, "customers.parquet"), filepath.Join(r.Path, "accounts.csv"))
		require.Greater(t, len(rows), 5)
		for _, row := range rows {
			require.Equal(t, "true", row["same"], row["customer_id"])
		}
	}
}

// An account that comes below another brings its tier along, one that leaves takes its
// purchases along, and the account that it leaves keeps the tier until the review. What a
// member bought is in one account each night.
func TestAccountsMove(t *testing.T) {
	shop := newAccountShop(t, 1)
	const before = "id,day,amount,up\nbranch,2026-01-10,450,old\nold,2026-01-11,20,\nnew,2026-01-12,30,\nsingle,2026-01-13,150,\nother,2026-01-14,10,\nout,2026-01-15,40,old\n"
	shop.write("tx.csv", before)
	first := publishJob(t, shop.file, "as_of=2026-02-01", "hierarchy.level=top")
	require.Equal(t, map[string]string{"old": "gold 510.00", "new": " 30.00", "single": "silver 150.00", "other": " 10.00"}, shop.tiers(first.Path))

	shop.write("tx.csv", before+"branch,2026-02-10,5,new\nsingle,2026-02-11,5,other\nout,2026-02-12,5,out\n")
	second := publishJob(t, shop.file, "as_of=2026-03-01", "hierarchy.level=top")
	require.Equal(t, map[string]string{"old": "gold 20.00", "new": "gold 485.00", "other": "silver 165.00", "out": " 45.00"}, shop.tiers(second.Path))
	changes := map[string]string{}
	for _, row := range tableOf(t, second.Path, "tiers_delta.csv") {
		changes[row["customer_id"]] += row["op"] + " " + row["to"]
	}
	require.Equal(t, map[string]string{"new": "enter gold", "other": "enter silver", "single": "leave "}, changes)
	require.Equal(t, "2026-02-01", second.Previous.AsOf)

	// The ledger and what is explained know who came below whom, and who left: nobody is erased.
	nights := [2]*publication.Publication{}
	for i, r := range []*analytics.Result{first, second} {
		var err error
		nights[i], err = publication.Open(r.Path)
		require.NoError(t, err)
	}
	for id, want := range map[string][2]bool{"other": {true, false}, "old": {false, true}, "new": {false, false}} {
		joined, parted, err := cause.KinOf(nights[0], nights[1], id)
		require.NoError(t, err)
		require.Equal(t, want, [2]bool{joined, parted}, id)
	}

	// The same night again gives the same bytes, and no member is in two accounts.
	again := publishJob(t, shop.file, "as_of=2026-03-01", "hierarchy.level=top")
	require.Equal(t, second.RunID, again.RunID)
	seen := map[string]bool{}
	for _, row := range tableOf(t, second.Path, "accounts.csv") {
		require.False(t, seen[row["member"]], row["member"])
		seen[row["member"]] = true
	}
}

// tiers are the tier and the spend of each customer.
func (s *accountShop) tiers(path string) map[string]string {
	found := map[string]string{}
	for _, row := range tableOf(s.T, path, "customers.csv") {
		found[row["customer_id"]] = row["tier"] + " " + row["monetary"]
	}
	return found
}
