package main

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/benchmarks/command"
	"clientele/clv"
)

// asProgram makes the test binary the benchmark itself, which calls itself for
// its measurements.
const asProgram = "MODELS_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// measured runs the benchmark and returns what it prints.
func measured(t *testing.T, args ...string) string {
	t.Helper()
	t.Setenv(asProgram, "1")
	var out, errs bytes.Buffer
	status := command.Run(newRootCmd(), append([]string{"--dir", t.TempDir(), "--rscript", "no-Rscript"}, args...), &out, &errs)
	require.Zero(t, status, errs.String())
	return out.String()
}

// TestModels runs the whole benchmark on small tables, without a peer: every
// model that there is appears in every table it belongs to.
func TestModels(t *testing.T) {
	text := measured(t, "--customers", "3000", "--stream", "1000,70000", "--rounds", "2", "--python", "")

	const figures = `\d+\.\d\d \| \d+\.\d\d \| \d+ \|`
	require.Regexp(t, `(?m)^Medians of 2 rounds\. \d+ cores.* lifetimes was not run: no Python was named\.`, text)
	require.Contains(t, allModels(), "bg-nbd")
	for _, model := range allModels() {
		require.Regexp(t, `(?m)^\| 3,000 \| `+model+` \| clientele \| `+figures+` -\d+\.\d{3} \| 0 \|$`, text)
		if model == gammaGamma {
			continue
		}
		require.Regexp(t, `(?m)^\| 3,000 \| `+model+` \| clientele \| `+figures+`$`, text)
		require.Regexp(t, `(?m)^\| 1,000 \| `+model+` \| `+figures+`$`, text)
		require.Regexp(t, `(?m)^\| 70,000 \| `+model+` \| `+figures+`$`, text)
	}
}

// TestPeers runs beside a program that answers as lifetimes does and is worse:
// it knows one fit, and cannot score.
func TestPeers(t *testing.T) {
	peer := filepath.Join(t.TempDir(), "peer")
	require.NoError(t, os.WriteFile(peer, []byte(`#!/bin/sh
case $2$3 in
version) echo '"peer 1.0 (of a test)"' ;;
fitbg-nbd) echo '{"CPU": 100, "Wall": 50, "Params": {"r": 1, "alpha": 2, "a": 1, "b": 4}, "log_likelihood": -1}' ;;
*) echo "no such thing" >&2; exit 1 ;;
esac
`), 0o700))
	text := measured(t, "--customers", "3000", "--stream", "1000", "--rounds", "2", "--python", peer, "--models", "bg-nbd,gamma-gamma")

	require.Regexp(t, `(?m)^Medians of 2 rounds\. .*, peer 1\.0 \(of a test\)\. CLVTools was not run: no-Rscript does not start here`, text)
	require.Regexp(t, `(?m)^\| 3,000 \| bg-nbd \| peer \| 50\.00 \| 100\.00 \| \d+ \| -\d+\.\d{3} \| \d\S* \|$`, text)
	require.Regexp(t, `(?m)^\| 3,000 \| bg-nbd \| \*\*peer / clientele\*\* \| \*\*\d+\.\d\*\* \| \*\*\d+\.\d\*\* \| \*\*\d+\.\d\*\* \| \| \|$`, text)
	require.Contains(t, text, " peer 1.0 (of a test) makes its own of bg-nbd over 3,000 customers -1.000.")
	require.Contains(t, text, " gamma-gamma, 3000 customers: peer 1.0 (of a test) failed.")
	require.Contains(t, text, "- bg-nbd, 3000 customers: peer 1.0 (of a test) failed.")
}

// TestBesideLifetimes needs a Python that has lifetimes.
func TestBesideLifetimes(t *testing.T) {
	python := os.Getenv("LIFETIMES_PYTHON")
	if python == "" {
		t.Skip("LIFETIMES_PYTHON names no Python that has lifetimes")
	}
	text := measured(t, "--customers", "3000", "--stream", "1000", "--rounds", "1", "--python", python, "--models", "bg-nbd,mbg-nbd,gamma-gamma")
	for _, model := range []string{"bg-nbd", "mbg-nbd"} {
		require.Regexp(t, `(?m)^\| 3,000 \| `+model+` \| \*\*lifetimes / clientele\*\* \|`, text)
		require.Contains(t, text, "- "+model+", 3,000 customers: lifetimes gives no number for 0 and another one than clientele for 0.")
	}
	require.NotContains(t, text, "makes its own of", "both have one log-likelihood")
}

// Every table of a population is one that its model takes.
func TestTablesAreHistories(t *testing.T) {
	for _, model := range allModels() {
		path := filepath.Join(t.TempDir(), "table.npy")
		require.NoError(t, makeTable(t.Context(), path, model, 2000))
		table, err := readTable(path)
		require.NoError(t, err)
		require.Equal(t, 2000, table.Len())
		passing := newPassersBy(model)
		passing.next(2000)
		if model == gammaGamma {
			continue
		}
		m, err := clv.NewModel(model, populations[model].params)
		require.NoError(t, err)
		for _, panel := range []clv.Panel{table.Panel, passing.Panel} {
			for i := range panel.X {
				require.NoError(t, m.CheckRow(panel.X[i], panel.TX[i], panel.T[i]))
			}
		}
	}
}

// Days of purchase, end of observation and what each kind of model makes of
// them; 60 days are two months, of which the second ends on the last day.
func TestRows(t *testing.T) {
	days := []int{10, 11, 40, 41, 69}
	row := func(of func([]int, int) (float64, float64, float64), days []int, end int) [3]float64 {
		x, tx, t := of(days, end)
		return [3]float64{x, tx, t}
	}
	require.Equal(t, [3]float64{4, 59. / 7, 60. / 7}, row(dayGrained, days, 70))
	require.Equal(t, [3]float64{2, 2, 2}, row(opportunities, days, 70))
	require.Equal(t, [3]float64{1, 1, 1}, row(opportunities, days, 69), "the second month is not over")
	require.Equal(t, [3]float64{1, 2, 2}, row(opportunities, []int{10, 69}, 70))
	require.Equal(t, [3]float64{2, 2, 2}, row(renewals, []int{10, 69}, 70))
	require.Equal(t, [3]float64{0, 0, 2}, row(opportunities, []int{10}, 70))
}

func TestColumnsComeBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "columns.npy")
	require.NoError(t, writeColumns(path, []float64{1, 2.5, -3}, []float64{1e-300, 0, 7}))
	got, err := readColumns(path)
	require.NoError(t, err)
	require.Equal(t, [][]float64{{1, 2.5, -3}, {1e-300, 0, 7}}, got)

	require.NoError(t, os.WriteFile(path, []byte("\x93NUMPY\x01\x00\x05\x00{'de\n"), 0o600))
	_, err = readColumns(path)
	require.ErrorContains(t, err, "not a table of float64 columns")
}

// TestCompareFindsADifference changes one score of one customer, and takes one
// away.
func TestCompareFindsADifference(t *testing.T) {
	ours, theirs := filepath.Join(t.TempDir(), "ours.npy"), filepath.Join(t.TempDir(), "theirs.npy")
	require.NoError(t, writeColumns(ours, []float64{0.1, 0.2, 0.3}, []float64{1, 2, 3}))
	require.NoError(t, writeColumns(theirs, []float64{0.1, 0.2001, math.NaN()}, []float64{1 + 1e-9, 2, 3}))
	got, err := compare(ours, theirs)
	require.NoError(t, err)
	require.Equal(t, agreement{Customers: 3, Undefined: 1, Apart: 1}, got)
}

// A fit that somebody beats fails the benchmark.
func TestABeatenFitFails(t *testing.T) {
	t.Setenv(asProgram, "1")
	path := filepath.Join(t.TempDir(), "table.npy")
	require.NoError(t, makeTable(t.Context(), path, "bg-nbd", 2000))
	own, err := clientele([]string{"bg-nbd"})
	require.NoError(t, err)
	b := bench{programs: []program{own}}
	better, err := fit("bg-nbd", path)
	require.NoError(t, err)
	worse := better
	worse.Params = map[string]float64{"r": 1, "alpha": 1, "a": 1, "b": 1}

	fine := trial{model: "bg-nbd", entries: []entry{{fitted: better}, {fitted: worse}}}
	require.NoError(t, b.judge(t.Context(), path, &fine))
	require.InDelta(t, fine.best(), fine.entries[0].logLikelihood, 0)
	beaten := trial{model: "bg-nbd", entries: []entry{{fitted: worse}, {fitted: better}}}
	require.ErrorContains(t, b.judge(t.Context(), path, &beaten), "log-likelihood: clientele stopped at -")
}

func TestOptionsAreChecked(t *testing.T) {
	var out, errs bytes.Buffer
	require.Equal(t, 1, command.Run(newRootCmd(), []string{"--customers", "0", "--rounds", "0", "--stream", "-1", "--models", "bgnb", "--peer-limit", "-1"}, &out, &errs))
	for _, text := range []string{
		"--customers: got 0", "--rounds: got 0", "--stream: got -1", "--peer-limit: got -1", `--models: got "bgnb", wanted some of [`,
	} {
		require.Contains(t, errs.String(), text)
	}
	require.Empty(t, out.String())
}
