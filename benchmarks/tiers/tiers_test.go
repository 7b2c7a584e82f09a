package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSmallRun(t *testing.T) {
	var out bytes.Buffer
	cmd := newRootCmd()
	cmd.SetOut(&out)
	cmd.SetArgs([]string{"--customers", "2000", "--rounds", "1"})
	require.NoError(t, cmd.Execute())
	for _, p := range programmes() {
		require.Equal(t, 4, strings.Count(out.String(), "| "+p.name+" |"), out.String())
	}
	require.Contains(t, out.String(), "2000 customers")
}
