package modeltable_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/modeltable"
	"clientele/clv"
)

// The CDNOW sample of 2,357 customers (Fader and Hardie, 2001), calibration to
// 1997-09-30, in weeks. Maximum likelihood on unrounded data, found by Newton
// steps to a gradient below 1e-8; to four digits these are the values of
// Fader, Hardie and Lee (2005), "Counting Your Customers the Easy Way", and
// (2005), "RFM and CLV". BTYDplus prints .525, 6.183, .891, 1.614 for MBG/NBD.
func TestCDNOWFit(t *testing.T) {
	table := read(t, cdnowSummary(t))
	require.Len(t, table.ID, 2_357)
	for _, c := range []struct {
		model         string
		params        map[string]float64
		logLikelihood float64
	}{
		{"bg-nbd", map[string]float64{"r": 0.2425945224, "alpha": 4.413602019, "a": 0.7929220172, "b": 2.4259067769}, -9582.42920667},
		{"mbg-nbd", map[string]float64{"r": 0.5248431591, "alpha": 6.1830852796, "a": 0.8913593907, "b": 1.6140022402}, -9582.13571555},
	} {
		f, warnings, err := modeltable.Fit(table, modeltable.FitOptions{Model: c.model, Unit: "week", Workers: 2})
		require.NoError(t, err)
		require.Empty(t, warnings)
		require.Equal(t, c.model, f.Model)
		require.Equal(t, "week", f.Unit)
		require.InDelta(t, 2_357, f.Customers, 0)
		requireClose(t, c.params, f.Params)
		require.InEpsilon(t, c.logLikelihood, f.LogLikelihood, 1e-6)
		requireGammaGamma(t, f.Spend.Params, f.Spend.LogLikelihood)
	}
	alone, _, err := modeltable.Fit(table, modeltable.FitOptions{Model: modeltable.SpendModel, Unit: "week", Workers: 1})
	require.NoError(t, err)
	requireGammaGamma(t, alone.Params, alone.LogLikelihood)
	require.Nil(t, alone.Spend)
}

func requireGammaGamma(t *testing.T, params map[string]float64, logLikelihood float64) {
	t.Helper()
	requireClose(t, map[string]float64{"p": 6.2495722719, "q": 3.744224667, "gamma": 15.4435209605}, params)
	require.InEpsilon(t, -4055.91769480, logLikelihood, 1e-6)
}

func requireClose(t *testing.T, want, got map[string]float64) {
	t.Helper()
	require.Len(t, got, len(want))
	for name, v := range want {
		require.InEpsilon(t, v, got[name], 1e-6, name)
	}
}

// MBG/NBD at the rounded parameters of BTYDplus, horizon 39 weeks, and
// gamma-gamma at (6.25, 3.74, 15.44): values that BTYDplus and the workbook of
// Fader and Hardie print.
func TestCDNOWPredict(t *testing.T) {
	table := "customer_id,x,t_x,t,spend\na,2,30.43,38.86,22.35\nb,1,1.71,38.86,11.77\nc,0,0,38.86,0\n"
	f := clv.File{
		Model: "mbg-nbd", Unit: "week", Params: map[string]float64{"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614},
		Spend: &clv.SpendFile{Model: "gamma-gamma", Params: map[string]float64{"p": 6.25, "q": 3.74, "gamma": 15.44}},
	}
	names, columns := predictColumns(t, table, f, modeltable.PredictOptions{Horizon: 39})
	require.Equal(t, []string{"customer_id", "x", "t_x", "t", "log_likelihood", "p_alive", "expected_purchases", "expected_spend"}, names)
	for column, want := range map[string][]float64{
		"p_alive":            {0.7062022651, 0.1708364843, 0.3897350809},
		"expected_purchases": {1.262960623, 0.1888365414, 0.1540127467},
		"expected_spend":     {24.66371391, 18.91685206, 35.2189781},
	} {
		for i, w := range want {
			require.InEpsilon(t, w, cellValue(t, columns[column][i]), 1e-9, "%s of row %d", column, i)
		}
	}
}

// A table that is fitted, written as a model file, read back and scored gives
// the values of the fit, and numbers that read back to the same float64.
func TestCDNOWRoundTrip(t *testing.T) {
	summary := cdnowSummary(t)
	table := read(t, summary)
	f, _, err := modeltable.Fit(table, modeltable.FitOptions{Model: "mbg-nbd", Unit: "week", Workers: 2})
	require.NoError(t, err)
	data, err := json.Marshal(f)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "model.json")
	require.NoError(t, os.WriteFile(path, data, 0o600))
	again, err := modeltable.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, f, again)

	const delta = 0.0027
	names, columns := predictColumns(t, summary, again, modeltable.PredictOptions{Horizon: 52, Delta: delta, Discount: true, Workers: 2})
	require.Equal(t, []string{"customer_id", "x", "t_x", "t", "log_likelihood", "p_alive", "expected_purchases", "dect", "dert", "expected_spend"}, names)
	model, err := f.Build()
	require.NoError(t, err)
	want := clv.Score(model, table.Panel, clv.ScoreOptions{Horizon: 52, Delta: delta, WithLogLikelihood: true, WithDECT: true})
	sum := 0.0
	for i := range table.ID {
		require.Equal(t, table.ID[i], columns["customer_id"][i])
		require.InDelta(t, table.Panel.TX[i], cellValue(t, columns["t_x"][i]), 0)
		require.InDelta(t, want.PAlive[i], cellValue(t, columns["p_alive"][i]), 0)
		require.InDelta(t, want.CET[i], cellValue(t, columns["expected_purchases"][i]), 0)
		require.InDelta(t, want.DECT[i], cellValue(t, columns["dect"][i]), 0)
		require.Greater(t, cellValue(t, columns["dert"][i]), want.DECT[i], "more comes for ever than in a year")
		sum += want.LogLikelihood[i]
	}
	require.InEpsilon(t, f.LogLikelihood, sum, 1e-12)
}

// Weights are as many equal rows.
func TestWeightsAreRepeatedRows(t *testing.T) {
	one := "customer_id,x,t_x,t,weight\na,2,10,20,3\nb,0,0,25,4\nc,5,18,22,2\nd,1,3,30,5\n"
	many := "customer_id,x,t_x,t\na,2,10,20\na,2,10,20\na,2,10,20\nb,0,0,25\nb,0,0,25\nb,0,0,25\nb,0,0,25\nc,5,18,22\nc,5,18,22\nd,1,3,30\nd,1,3,30\nd,1,3,30\nd,1,3,30\nd,1,3,30\n"
	weighted, _, err := modeltable.Fit(read(t, one), modeltable.FitOptions{Model: "mbg-nbd", Unit: "week", Workers: 1})
	require.NoError(t, err)
	repeated, _, err := modeltable.Fit(read(t, many), modeltable.FitOptions{Model: "mbg-nbd", Unit: "week", Workers: 1})
	require.NoError(t, err)
	require.Equal(t, repeated, weighted)
}

// predictColumns scores a table of CSV and gives the names of the columns, in order,
// and their cells.
func predictColumns(t *testing.T, table string, f clv.File, o modeltable.PredictOptions) ([]string, map[string][]string) {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, modeltable.Predict(t.Context(), &out, nil, write(t, "summary.csv", table), f, o))
	rows, err := csv.NewReader(&out).ReadAll()
	require.NoError(t, err)
	columns := map[string][]string{}
	for i, name := range rows[0] {
		for _, r := range rows[1:] {
			columns[name] = append(columns[name], r[i])
		}
	}
	return rows[0], columns
}

func cellValue(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	require.NoError(t, err)
	return v
}

// cdnowSummary is the CDNOW sample as a summary table, its columns renamed to
// ours.
func cdnowSummary(t *testing.T) string {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "btyd_cdnowSummary_cbs.csv"))
	if err != nil {
		t.Skip("no ../shared/data beside the repository: ", err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	ours := map[string]string{"cust": "customer_id", "t.x": "t_x", "T.cal": "t", "m.x": "spend"}
	for i, name := range rows[0] {
		if renamed, ok := ours[name]; ok {
			rows[0][i] = renamed
		}
	}
	var b strings.Builder
	require.NoError(t, csv.NewWriter(&b).WriteAll(rows))
	return b.String()
}
