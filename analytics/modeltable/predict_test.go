package modeltable_test

import (
	"errors"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/analytics/modeltable"
	"clientele/clv"
)

var (
	purchases = clv.File{Model: "bg-nbd", Unit: "week", Params: map[string]float64{"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}}
	spend     = clv.SpendFile{Model: "gamma-gamma", Params: map[string]float64{"p": 6.25, "q": 3.74, "gamma": 15.44}}
)

// The columns are those that model, table and options have, in one order.
func TestPredictColumns(t *testing.T) {
	bare := header + "a,2,30.43,38.86\nb,0,0,38.86\n"
	withSpend := "customer_id,x,t_x,t,spend,weight,note\na,2,30.43,38.86,22.35,2,kept\nb,0,0,38.86,,1,\n"
	both := purchases
	both.Spend = &spend
	alone := clv.File{Model: "gamma-gamma", Unit: "week", Params: spend.Params}
	keys := []string{"customer_id", "x", "t_x", "t"}
	past := slices.Concat(keys, []string{"log_likelihood", "p_alive", "expected_purchases"})
	discounted := slices.Concat(past, []string{"dect", "dert"})
	for _, c := range []struct {
		name, csv string
		file      clv.File
		delta     float64
		want      []string
	}{
		{"purchases", bare, purchases, 0, past},
		{"discounted", bare, purchases, 0.002, discounted},
		{"a table without spend", bare, both, 0, past},
		{"a model without spend", withSpend, purchases, 0, past},
		{"all", withSpend, both, 0.002, append(slices.Clip(discounted), "expected_spend")},
		{"spend alone", withSpend, alone, 0.002, append(slices.Clip(keys), "expected_spend")},
		{"spend alone without spend", bare, alone, 0, keys},
	} {
		t.Run(c.name, func(t *testing.T) {
			names, columns := predictColumns(t, c.csv, c.file, modeltable.PredictOptions{Horizon: 52, Delta: c.delta, Discount: c.delta > 0})
			require.Equal(t, c.want, names)
			require.Equal(t, []string{"a", "b"}, columns["customer_id"])
			require.Equal(t, []string{"2", "0"}, columns["x"])
			require.Equal(t, []string{"30.43", "0"}, columns["t_x"])
		})
	}
}

// BG/NBD at (.243, 4.414, .793, 2.426): Hardie's sheet prints 1.226 purchases
// in 39 weeks for (2, 30.43, 38.86); further digits by an independent
// evaluation of the formulas of Fader, Hardie and Lee (2005).
func TestPredictBGNBDReference(t *testing.T) {
	table := header + "a,2,30.43,38.86\nb,1,1.71,38.86\nc,0,0,38.86\n"
	_, columns := predictColumns(t, table, purchases, modeltable.PredictOptions{Horizon: 39, Workers: 2})
	for column, want := range map[string][]float64{
		"log_likelihood":     {-9.4586063070662712, -4.4690932750325885, -.55471327643815845},
		"p_alive":            {.72657857008067291, .21210098537737908, 1},
		"expected_purchases": {1.2260281747671445, .20318698707975406, .19509805201126264},
	} {
		for i, w := range want {
			require.InEpsilon(t, w, cellValue(t, columns[column][i]), 1e-12, "%s of row %d", column, i)
		}
	}
}

// Nothing bounds expected purchases for ever under some parameters: the cell is
// empty, and the discounted value is there.
func TestPredictForEver(t *testing.T) {
	f := purchases
	f.Params = map[string]float64{"r": 0.5, "alpha": 5, "a": 0.5, "b": 0.5}
	_, columns := predictColumns(t, header+"a,2,3,9\n", f, modeltable.PredictOptions{Horizon: math.Inf(1), Delta: 0.01, Discount: true})
	require.Equal(t, []string{""}, columns["expected_purchases"])
	require.Equal(t, columns["dert"], columns["dect"])
	require.Positive(t, cellValue(t, columns["dert"][0]))
}

// What a table holds comes back to the same float64.
func TestNumbersReadBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		x := float64(rapid.Int64Range(1, clv.MaxCount).Draw(rt, "x"))
		end := rapid.Float64Range(0, clv.MaxTime).Draw(rt, "t")
		tx := end * rapid.Float64Range(0, 1).Draw(rt, "share")
		number := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
		table := header + "a," + number(x) + "," + number(tx) + "," + number(end) + "\n"
		_, columns := predictColumns(t, table, purchases, modeltable.PredictOptions{Horizon: 1})
		for name, v := range map[string]float64{"x": x, "t_x": tx, "t": end} {
			require.Equal(rt, math.Float64bits(v), math.Float64bits(cellValue(t, columns[name][0])), name)
		}
	})
}

// A discount of 0 was asked for too: dect is there, and dert where it is finite.
func TestPredictWithoutDiscount(t *testing.T) {
	score := func(a, b float64) map[string][]string {
		f := purchases
		f.Params = map[string]float64{"r": 0.5, "alpha": 5, "a": a, "b": b}
		names, columns := predictColumns(t, header+"a,2,3,9\n", f, modeltable.PredictOptions{Horizon: 52, Discount: true})
		require.Equal(t, []string{"dect", "dert"}, names[len(names)-2:])
		require.Equal(t, columns["expected_purchases"], columns["dect"])
		return columns
	}
	require.Equal(t, []string{""}, score(0.5, 0.5)["dert"], "too many never leave")
	columns := score(1.5, 3)
	require.Greater(t, cellValue(t, columns["dert"][0]), cellValue(t, columns["dect"][0]))
}

// Disks that fill up are not the data's fault.
func TestPredictCannotWrite(t *testing.T) {
	full := errors.New("no space left on device")
	r, w := io.Pipe()
	require.NoError(t, r.CloseWithError(full))
	require.ErrorIs(t, modeltable.Predict(t.Context(), w, nil, write(t, "summary.csv", header+"a,2,3,9\n"), purchases, modeltable.PredictOptions{Horizon: 1}), full)
}

func TestReadModelFileErrors(t *testing.T) {
	absent := filepath.Join(t.TempDir(), "model.json")
	_, err := modeltable.ReadFile(absent)
	requireDataError(t, err, absent+": model file cannot be read: no such file or directory")
	folder := t.TempDir()
	_, err = modeltable.ReadFile(folder)
	requireDataError(t, err, folder+": model file cannot be read: it is a folder, not a regular file")
	for _, c := range []struct{ content, want string }{
		{"", "unexpected end of JSON input"},
		{`{"model": "bg-nbd", "params": {"r": 0.2`, "unexpected end of JSON input"},
		{header + "a,0,0,9\n", "invalid character 'c' looking for beginning of value"},
		{`[]`, "json: cannot unmarshal array into Go value of type publication.Model"},
		{`{"model": "bg-nbd", "params": {"r": "0.2"}}`, "json: cannot unmarshal string into Go struct field Model.File.params of type float64"},
		{`{"model": "bg-nbd", "params": {"r": NaN}}`, "invalid character 'N' looking for beginning of value"},
		{`{"model": "bg-nbd"} {}`, "invalid character '{' after top-level value"},
	} {
		path := write(t, "model.json", c.content)
		_, err := modeltable.ReadFile(path)
		requireDataError(t, err, path+": is not a model file: "+c.want)
	}
	for _, content := range []string{`null`, `{}`, `{"params": {"r": 1, "alpha": 2}}`} {
		path := write(t, "model.json", content)
		_, err := modeltable.ReadFile(path)
		requireDataError(t, err, path+": is not a model file: model is missing; expected one of "+strings.Join(modeltable.ModelNames(), ", "))
	}
	path := write(t, "model.json", `{"model": "none", "params": {}, "refused": "the shop has changed"}`)
	_, err = modeltable.ReadFile(path)
	requireDataError(t, err, path+": holds no model: the shop has changed")
}

// Files that are JSON but make no model; each message names the file.
func TestUnusableModels(t *testing.T) {
	table := write(t, "summary.csv", header+"a,2,3,9\n")
	const complete = `"params": {"r": 0.2, "alpha": 4, "a": 1, "b": 2}`
	for _, c := range []struct{ content, want string }{
		{`{"model": "bgnbd", ` + complete + `}`, `unknown model "bgnbd"; expected one of ` + strings.Join(clv.ModelNames(), ", ")},
		{`{"model": "bg-nbd", "params": {"r": 0.2, "a": -1, "b": 2, "s": 1}}`, `bg-nbd: bad parameter: alpha is missing, a (-1) is not a number from 1e-12 to 1e+12, "s" is unknown; expected r, alpha, a, b`},
		{`{"model": "bg-nbd", ` + complete + `, "spend": {"model": "normal"}}`, `spend: unknown model "normal"; expected gamma-gamma`},
		{`{"model": "bg-nbd", ` + complete + `, "spend": {"model": "gamma-gamma", "params": {"p": 1, "q": 2}}}`, `spend: gamma-gamma: bad parameter: gamma is missing; expected p, q, gamma`},
		{`{"model": "gamma-gamma", "params": {"p": 0, "q": 2, "gamma": 1}}`, `spend: gamma-gamma: bad parameter: p (0) is not a number from 1e-12 to 1e+12; expected p, q, gamma`},
	} {
		path := write(t, "model.json", c.content)
		f, err := modeltable.ReadFile(path)
		require.NoError(t, err)
		err = modeltable.Predict(t.Context(), io.Discard, nil, table, f, modeltable.PredictOptions{ModelPath: path})
		requireDataError(t, err, path+": "+c.want)
	}
}
