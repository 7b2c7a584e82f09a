package job

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"clientele/internal/sparkconnect"
)

// Engine says where the SQL over the transactions runs. The zero Engine is DuckDB, in the
// process.
type Engine struct {
	Spark string // URL of a Spark Connect server; empty: DuckDB
	Stage string // folder that the cluster writes to and this machine reads from
}

// OnSpark tells whether a cluster reads the exports.
func (e Engine) OnSpark() bool { return e.Spark != "" }

const duckDB = "duckdb"

// MarshalJSON is the engine as the job file has it.
func (e Engine) MarshalJSON() ([]byte, error) {
	if !e.OnSpark() {
		return json.Marshal(duckDB)
	}
	return json.Marshal(struct {
		Spark string `json:"spark"`
		Stage string `json:"stage"`
	}{e.Spark, e.Stage})
}

// readEngine reads a word or the mapping of a cluster.
func readEngine(s *section, e *Engine) {
	v := s.value("engine")
	if v == nil || v.kind != mapping {
		readEngineName(s)
		return
	}
	in := s.section("engine")
	in.required("spark", "the URL of a Spark Connect server, such as sc://host:15002", &e.Spark)
	in.required("stage", "the folder that the cluster writes to and this machine reads from", &e.Stage)
	in.done()
	if e.Spark != "" {
		readSparkURL(in, e.Spark)
	}
	if e.Stage != "" {
		if _, err := stageFolder(e.Stage); err != nil {
			in.fail("stage", "%s %v", quoted(e.Stage), err)
		}
	}
}

// wantEngine is what engine may be.
const wantEngine = "duckdb, or a cluster as {spark: sc://host:15002, stage: /mnt/stage}"

// readEngineName reads an engine that is a word. A URL is not quoted, as it may hold a secret.
func readEngineName(s *section) {
	if s.value("engine") == nil {
		return
	}
	text, ok := s.scalar("engine", wantEngine)
	near, is := Nearest(text, []string{duckDB})
	switch {
	case !ok, text == duckDB:
	case strings.ContainsAny(text, ":/@;="):
		s.fail("engine", "is a URL by itself; want %s", wantEngine)
	case is:
		s.fail("engine", "unknown engine %s; did you mean %q?", quoted(text), near)
	default:
		s.fail("engine", "unknown engine %s; want %s", quoted(text), wantEngine)
	}
}

// StageFolder is the folder in which a cluster leaves its results, as this machine calls it.
func (e Engine) StageFolder() string {
	folder, _ := stageFolder(e.Stage) // which was checked when the job was read
	return folder
}

// stageFolder reads where the cluster leaves its results. DuckDB reads files from there, and what
// it would need for an object store is an extension that this program does not hold and never
// downloads.
func stageFolder(text string) (string, error) {
	scheme, rest, ok := strings.Cut(text, ":")
	switch {
	case !ok || strings.Contains(scheme, "/"):
		rest = text
	case scheme == "file":
		if host, path, names := hostOf(rest); names && host != "" && host != "localhost" {
			return "", fmt.Errorf("names the machine %q; want a folder that the cluster and this machine share, with three slashes: file:///%s", host, path)
		} else if names {
			rest = "/" + path
		}
		if strings.HasPrefix(rest, "/") {
			rest = "/" + strings.TrimLeft(rest, "/")
		}
	default:
		return "", errors.New("is not read back in this version; want a folder that the cluster and this machine share, such as /mnt/stage, which may be a bucket that is mounted")
	}
	if !strings.HasPrefix(rest, "/") || !filepath.IsAbs(filepath.FromSlash(rest)) {
		return "", errors.New("is no whole path, and the cluster does not know this program's working folder; want one such as /mnt/stage")
	}
	if strings.ContainsAny(rest, `*?[]{}\`) {
		return "", errors.New(`holds one of *?[]{}\, in which the cluster sees a pattern; choose another folder`)
	}
	return filepath.Clean(filepath.FromSlash(rest)), nil
}

// hostOf parts what follows file: into the machine and the path behind it. names is false where
// no machine can be named, as in file:/mnt.
func hostOf(rest string) (host, path string, names bool) {
	after, names := strings.CutPrefix(rest, "//")
	host, path, _ = strings.Cut(after, "/")
	return host, path, names
}

// readSparkURL refuses what is no URL of a server, and secrets in it: a job file is shown, and
// its settings are published.
func readSparkURL(s *section, text string) {
	target, err := sparkconnect.ParseURL(text)
	switch {
	case err != nil:
		s.fail("spark", "%v", err)
	case target.Token != "":
		s.fail("spark", "has a token, which a job file must not; remove it, and set the environment's CLIENTELE_SPARK_TOKEN")
	case len(target.Headers) > 0:
		s.fail("spark", "unknown parameter %s; want use_ssl or user_id, as in sc://host:15002/;use_ssl=true", quoted(slices.Sorted(maps.Keys(target.Headers))[0]))
	case target.SessionID != "":
		s.fail("spark", "has a session_id; each run has a session of its own")
	}
}
