package spark_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine/spark"
)

func TestStagePath(t *testing.T) {
	for text, want := range map[string]string{
		"/mnt/stage":          "/mnt/stage",
		"file:/mnt/stage":     "/mnt/stage",
		"file:///mnt/stage/":  "/mnt/stage",
		"/mnt/a:b":            "/mnt/a:b",
		"file:///mnt/our run": "/mnt/our run",
	} {
		got, err := spark.StagePath(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got)
	}
	for text, want := range map[string]string{
		"s3a://bucket/path":      "s3a: is not read back; name a folder that the cluster and this machine share, such as file:///mnt/stage, which may be a bucket that is mounted",
		"hdfs://name/x":          "hdfs: is not read back; name a folder that the cluster and this machine share, such as file:///mnt/stage, which may be a bucket that is mounted",
		"stage":                  "the cluster does not know this program's working folder; write the whole path, such as file:///mnt/stage",
		"":                       "the cluster does not know this program's working folder; write the whole path, such as file:///mnt/stage",
		"file:///mnt/stage/*.pq": `the cluster sees a pattern in a path with one of *?[]{}\; choose another folder`,
	} {
		_, err := spark.StagePath(text)
		require.EqualError(t, err, want, text)
	}
}

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
