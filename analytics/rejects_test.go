package analytics_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// Rows that `where` leaves out are counted whatever is listed; every other row
// set aside is listed whatever is asked for.
func TestRejectsListed(t *testing.T) {
	const shop = "name: shop\nas_of: 2026-03-31\nsources:\n" +
		"  - path: a.csv\n    columns: {customer: id, time: day, amount: amount}\n    where: status = 'paid'\n" +
		"  - path: b.csv\n    columns: {customer: id, time: day, amount: amount}\n    where: status = 'paid'\n"
	const all = "source,line,reason,row\n" +
		"a.csv,3,filtered,\"k2,2026-03-02,20,open\"\n" +
		"a.csv,4,amount_unreadable,\"k3,2026-03-03,,paid\"\n" +
		"b.csv,2,filtered,\"k4,2026-03-04,40,open\"\n"
	const faults = "source,line,reason,row\n" +
		"a.csv,4,amount_unreadable,\"k3,2026-03-03,,paid\"\n"
	for name, c := range map[string]struct{ setting, want string }{
		"by default": {"", faults},
		"faults":     {"output: {rejects: faults}\n", faults},
		"all":        {"output: {rejects: all}\n", all},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for file, text := range map[string]string{
				"job.yaml": shop + c.setting,
				"a.csv":    "id,day,amount,status\nk1,2026-03-01,10,paid\nk2,2026-03-02,20,open\nk3,2026-03-03,,paid\n",
				"b.csv":    "id,day,amount,status\nk4,2026-03-04,40,open\n",
			} {
				require.NoError(t, os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600))
			}
			r := publishJob(t, filepath.Join(dir, "job.yaml"))

			require.Equal(t, map[string]int64{string(ledger.Filtered): 2, string(ledger.AmountUnreadable): 1}, r.Rows.Rejected)
			require.Equal(t, "60.00", *r.Money.Rejected[string(ledger.Filtered)])
			require.Nil(t, r.Money.Rejected[string(ledger.AmountUnreadable)])
			require.Equal(t, map[string]int64{string(ledger.AmountUnreadable): 1}, r.Money.Unknown)
			require.Contains(t, r.Warnings, "sources.1: no row of b.csv is used (read: 1, filtered by where: 1)")
			f, err := os.Open(filepath.Join(r.Path, "rejects.csv"))
			require.NoError(t, err)
			defer f.Close()
			got, err := csv.NewReader(f).ReadAll()
			require.NoError(t, err)
			want, err := csv.NewReader(strings.NewReader(c.want)).ReadAll()
			require.NoError(t, err)
			for i := range got[1:] {
				got[i+1][0] = filepath.Base(got[i+1][0]) // the folder is the test's
			}
			require.Equal(t, want, got)
		})
	}
}
