package spark_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine/spark"
)

func TestTarget(t *testing.T) {
	for _, name := range spark.TokenVariables {
		t.Setenv(name, "")
	}
	target, err := spark.Target("sc://h:1/;use_ssl=true")
	require.NoError(t, err)
	require.Empty(t, target.Token)

	t.Setenv("SPARK_CONNECT_AUTHENTICATE_TOKEN", "second")
	target, err = spark.Target("sc://h:1/;use_ssl=true")
	require.NoError(t, err)
	require.Equal(t, "second", target.Token)

	t.Setenv("CLIENTELE_SPARK_TOKEN", "first")
	target, err = spark.Target("sc://h:1")
	require.NoError(t, err)
	require.Equal(t, "first", target.Token)

	_, err = spark.Target("sc://h:1/;token=secret")
	require.EqualError(t, err, "the URL holds a token; leave it out and set CLIENTELE_SPARK_TOKEN in the environment")
	_, err = spark.Target("h:1")
	require.ErrorContains(t, err, "sc://")
}
