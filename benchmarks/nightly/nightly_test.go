package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/benchmarks/command"
)

// asProgram makes the test binary the benchmark itself, which calls itself for
// its measurements.
const asProgram = "NIGHTLY_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// TestNightly runs the whole benchmark on a small shop: it prints both
// programs for both formats, and leaves what both made.
func TestNightly(t *testing.T) {
	t.Setenv(asProgram, "1")
	dir := t.TempDir()
	var out, errs bytes.Buffer
	status := command.Run(newRootCmd(), []string{"--customers", "2000", "--rival-customers", "2000", "--rounds", "1", "--dir", dir}, &out, &errs)
	require.Zero(t, status, errs.String())

	require.Regexp(t, `(?m)^2,000 customers, medians of 1 round\. \d+ cores`, out.String())
	for _, format := range exportFormats {
		require.Regexp(t, `(?m)^\| `+format+`, 20,\d{3} rows \| clientele run \| \d+\.\d\d \| \d+\.\d\d \| \d+ \|$`, out.String())
		require.Regexp(t, `(?m)^\| `+format+`, 20,\d{3} rows \| DuckDB alone \| \d+\.\d\d \| \d+\.\d\d \| \d+ \|$`, out.String())
		require.Regexp(t, `(?m)^\| `+format+`, 20,\d{3} rows \| \*\*ratio, the next night\*\* \|( \*\*\d+\.\d\d\*\* \|){3}$`, out.String())
		require.FileExists(t, filepath.Join(dir, "duckdb-"+format, "customers.csv"))
		require.FileExists(t, filepath.Join(dir, "duckdb-"+format, "customers.parquet"))
	}
	require.Regexp(t, `(?m)^\| reduce \|( \d+\.\d\d \|){4}$`, out.String())
	require.Regexp(t, `(?m)^\| csv: incremental night over DuckDB alone \| \d+\.\d\d \| ≤ 0\.5 \| (met|not met: \d+\.\d times as much) \|$`, out.String())
	require.Regexp(t, `(?m)^\| parquet: next night over DuckDB alone \| \d+\.\d\d \| ≤ 1\.5 \| (met|not met: \d+\.\d times as much) \|$`, out.String())
}

// TestAgreeFindsADifference changes one number of one customer.
func TestAgreeFindsADifference(t *testing.T) {
	dir := t.TempDir()
	export := filepath.Join(dir, "export.csv")
	const header = "customer_id,order_id,time,product,category,quantity,unit_price,amount,channel,region\n"
	const kept = "A,1,2026-01-05 10:00:00,p,c,1,5.00,5.00,web,North\n"
	require.NoError(t, os.WriteFile(export, []byte(header+kept+"B,2,2026-02-01 10:00:00,p,c,1,7.00,7.00,web,North\n"), 0o600))
	one, other := t.TempDir(), t.TempDir()
	require.NoError(t, reduceAlone(t.Context(), export, one))
	require.NoError(t, os.WriteFile(export, []byte(header+kept+"B,2,2026-02-01 10:00:00,p,c,1,7.01,7.01,web,North\n"), 0o600))
	require.NoError(t, reduceAlone(t.Context(), export, other))

	result := func(dir string) string { return filepath.Join(dir, "customers.parquet") }
	require.NoError(t, agree(t.Context(), result(one), result(one)))
	require.ErrorContains(t, agree(t.Context(), result(one), result(other)), "results differ for some customers (1), such as B")
}

func TestOptionsAreChecked(t *testing.T) {
	var out, errs bytes.Buffer
	require.Equal(t, 1, command.Run(newRootCmd(), []string{"--customers", "0", "--rounds", "0", "--format", "json"}, &out, &errs))
	for _, text := range []string{"--customers: got 0", "--rounds: got 0", `--format: got "json", wanted csv or parquet`} {
		require.Contains(t, errs.String(), text)
	}
	require.Empty(t, out.String())
}

// TestCompare times a program beside itself.
func TestCompare(t *testing.T) {
	dir := t.TempDir()
	program, err := built(t.Context(), dir, t.Output())
	require.NoError(t, err)
	var out, errs bytes.Buffer
	status := command.Run(newRootCmd(), []string{
		"compare", "--customers", "2000", "--rounds", "1", "--format", "csv", "--dir", dir, "--clientele", program, "--old", program, "--ref", "v1",
	}, &out, &errs)
	require.Zero(t, status, errs.String())
	for _, night := range []string{"first", "next"} {
		for _, name := range []string{"v1", "working tree"} {
			require.Regexp(t, `(?m)^\| csv, 20,\d{3} rows, `+night+` night \| `+name+` \| \d+\.\d\d \| \d+\.\d\d \| \d+ \|$`, out.String())
		}
		require.Regexp(t, `(?m)^\| csv, 20,\d{3} rows, `+night+` night \| \*\*ratio\*\* \|( \*\*\d+\.\d\d\*\* \|){3}$`, out.String())
	}
	require.Regexp(t, `(?m)^\| reduce \|( \d+\.\d\d \|){4}$`, out.String())
}
