package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// clientele runs the program in this process and returns what it printed.
func clientele(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	require.Equal(t, exitDone, run(args, nil, &out, &errs), errs.String())
	return out.String()
}

// panel writes a summary table of BG/NBD customers with gamma-gamma spend and
// returns its path and its cells. Numbers are written as Go writes them, in
// full.
func panel(t *testing.T, customers int) (string, [][]string) {
	t.Helper()
	dice := rand.New(rand.NewPCG(9, 9))
	exact := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	rows := [][]string{{"customer_id", "x", "t_x", "t", "spend"}}
	for i := range customers {
		rate, leave, mean := 0.02+0.3*dice.ExpFloat64(), dice.Float64()*dice.Float64(), 20*math.Exp(0.6*dice.NormFloat64())
		t, at, last, x, spent := 20+19*dice.Float64(), 0.0, 0.0, 0, 0.0
		for {
			at += dice.ExpFloat64() / rate
			if at > t {
				break
			}
			last, x, spent = at, x+1, spent+mean*(0.5+dice.Float64())
			if dice.Float64() < leave {
				break
			}
		}
		rows = append(rows, []string{fmt.Sprintf("c%03d", i), strconv.Itoa(x), exact(last), exact(t), exact(spent / math.Max(1, float64(x)))})
	}
	path := filepath.Join(t.TempDir(), "summary.csv")
	var text bytes.Buffer
	require.NoError(t, csv.NewWriter(&text).WriteAll(rows))
	require.NoError(t, os.WriteFile(path, text.Bytes(), 0o644))
	return path, rows[1:]
}

// column reads a column of numbers of printed CSV.
func column(t *testing.T, text, name string) []float64 {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	var values []float64
	for i, header := range rows[0] {
		if header != name {
			continue
		}
		for _, r := range rows[1:] {
			v, err := strconv.ParseFloat(r[i], 64)
			require.NoError(t, err)
			values = append(values, v)
		}
	}
	require.Len(t, values, len(rows)-1, "column %s", name)
	return values
}

// TestPredictedNumbersReadBack compares the bits of what goes in with those of
// what comes out, and the model file's log-likelihood with the customers'.
func TestPredictedNumbersReadBack(t *testing.T) {
	summary, rows := panel(t, 300)
	model := filepath.Join(t.TempDir(), "model.json")
	clientele(t, "clv", "fit", "--model", "bg-nbd", summary, "-o", model)
	scores := clientele(t, "clv", "predict", "--model", model, summary)
	for i, name := range []string{"x", "t_x", "t"} {
		got := column(t, scores, name)
		for j, r := range rows {
			want, err := strconv.ParseFloat(r[i+1], 64)
			require.NoError(t, err)
			require.Equal(t, math.Float64bits(want), math.Float64bits(got[j]), "%s of %s", name, r[0])
		}
	}
	var file struct {
		LogLikelihood float64 `json:"log_likelihood"`
	}
	text, err := os.ReadFile(model)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &file))
	sum := 0.0
	for _, v := range column(t, scores, "log_likelihood") {
		sum += v
	}
	require.InEpsilon(t, file.LogLikelihood, sum, 1e-12)
}

// TestDiscounts compares --discount-rate with the --delta that it stands for,
// ln(1 + rate) over the weeks of a year, and what it must order.
func TestDiscounts(t *testing.T) {
	summary, _ := panel(t, 60)
	model := filepath.Join(t.TempDir(), "model.json")
	clientele(t, "clv", "fit", "--model", "mbg-nbd", "--unit", "week", summary, "-o", model)
	delta := strconv.FormatFloat(math.Log1p(0.15)/(365.25/7), 'g', -1, 64)
	byRate := clientele(t, "clv", "predict", "--model", model, "--horizon", "26", "--discount-rate", "0.15", summary)
	byDelta := clientele(t, "clv", "predict", "--model", model, "--horizon", "26", "--delta", delta, summary)
	for _, name := range []string{"expected_purchases", "dect", "dert"} {
		rate, delta := column(t, byRate, name), column(t, byDelta, name)
		for i := range rate {
			require.InEpsilon(t, rate[i], delta[i], 1e-9, name)
		}
	}
	purchases, dect, dert := column(t, byRate, "expected_purchases"), column(t, byRate, "dect"), column(t, byRate, "dert")
	for i := range dect {
		require.Less(t, dect[i], purchases[i])
		require.Less(t, dect[i], dert[i])
	}
}

// TestOutputThatFails has a writer stop half-way: what was there stays.
func TestOutputThatFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "scores.csv")
	require.NoError(t, os.WriteFile(path, []byte("precious"), 0o600))
	err := writeTo(path, nil, func(w io.Writer) error {
		_, err := io.WriteString(w, "half")
		require.NoError(t, err)
		return io.ErrUnexpectedEOF
	})
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "precious", string(text))
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 1)
}
