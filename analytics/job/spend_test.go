package job_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
	"clientele/internal/calendar"
)

// spending is a job in a folder of its own whose file of spend holds the text.
func spending(t *testing.T, text, channel string) *job.Job {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "spend.csv"), []byte(text), 0o600))
	j := parse(t, minimal+"clv: {costs: {acquisition: {spend: spend.csv}}}\n")
	j.Dir, j.Sources[0].Columns.Channel = dir, channel
	return j
}

// spent are the lines of a file as texts.
func spent(s *job.Spend) (all []string) {
	for _, m := range s.List {
		all = append(all, m.Month.String()+" "+m.Channel+" "+m.Amount.String())
	}
	return all
}

// Lines of one month and channel add up, as those of campaigns do; they stand in any order.
func TestSpendIsRead(t *testing.T) {
	s, err := spending(t, "\ufeffAmount;Month;campaign;Channel\n10.5;2026-02;a;web\n0.255;2026-02;b;web\n7;2026-01;;\n3;2026-02;;shop\n", "ch").ReadSpend()
	require.NoError(t, err)
	require.Equal(t, []string{"2026-01  7.00", "2026-02 shop 3.00", "2026-02 web 10.755"}, spent(s))
	require.Equal(t, "spend.csv", s.Path)
	require.Equal(t, 4, s.Rows)
	require.Len(t, s.SHA256, 64)
	january, err := calendar.ParseMonth("2026-01")
	require.NoError(t, err)
	require.Equal(t, s.List[:1], s.Until(january))

	s, err = spending(t, "month,amount\n2026-01,7\n2026-01,8\n", "").ReadSpend()
	require.NoError(t, err, "without channels the spend is of all customers of the month")
	require.Equal(t, []string{"2026-01  15.00"}, spent(s))

	none, err := parse(t, minimal).ReadSpend()
	require.NoError(t, err)
	require.Nil(t, none)
	require.Empty(t, none.Until(january))
}

func TestSpendViolations(t *testing.T) {
	for _, c := range []struct{ text, channel, want string }{
		{"channel,amount\nweb,5\n", "ch", "spend.csv:1:1: the column month is missing; want a header with month, amount"},
		{
			"month,channel,amount\n2026-13,web,5\n2026-01,web,-5\n2026-01,web,\"1,5\"\n2026-01-02,web,1.2345678\n2026-01,web,5.00\n", "ch",
			`spend.csv:2:1: month: "2026-13" is not a month; want one such as 2026-03` + "\n" +
				`spend.csv:3:13: amount: "-5" is not an amount of at least 0; want digits alone, with a point before cents, such as 1234.50` + "\n" +
				`spend.csv:4:13: amount: "1,5" is not an amount of at least 0; want digits alone, with a point before cents, such as 1234.50` + "\n" +
				`spend.csv:5:1: month: "2026-01-02" is not a month; want one such as 2026-03` + "\n" +
				`spend.csv:5:16: amount: "1.2345678" is not an amount of at least 0; want digits alone, with a point before cents, such as 1234.50`,
		},
		{"month,channel,amount\n2026-01,web,5\n2026-01,,5\n", "", "spend.csv:2:9: channel: no source maps a channel; map one (sources.0.columns.channel), or leave the cell empty to share the amount among all customers of the month"},
		{"month,channel,amount\n2026-01,5\n", "ch", "spend.csv:2:1: is not CSV: wrong number of fields"},
	} {
		_, err := spending(t, c.text, c.channel).ReadSpend()
		var all job.Errors
		require.ErrorAs(t, err, &all)
		for i := range all {
			all[i].At.File = filepath.Base(all[i].At.File)
		}
		require.Equal(t, c.want, all.Error())
	}
	j := spending(t, "", "")
	require.NoError(t, os.Remove(filepath.Join(j.Dir, "spend.csv")))
	_, err := j.ReadSpend()
	require.EqualError(t, err, filepath.Join(j.Dir, "spend.csv")+": clv.costs.acquisition.spend: no such file; check the path, or remove clv.costs.acquisition.spend")
}
