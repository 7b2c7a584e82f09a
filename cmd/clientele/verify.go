package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"clientele/analytics/ledger"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
	"clientele/internal/wording"
)

func newVerifyCmd(s streams) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "verify PUBLICATION",
		Short: "Tell whether every file of a publication is what its run.json says",
		Long: `Hold a publication against its run.json: every file is there with the sha256, the
bytes and the rows that it says, and no other file is; run.json itself is as it was
written, and _SUCCESS is there. Beside the other nights of its job, latest must lead
to the newest of them.

PUBLICATION is the folder of a night, or the latest beside it. The folder of a job's
nights, or that of all jobs (output.dir), stands for all that are in it.

Exit status: 0 all are whole; 3 one is not.`,
		Example: `  clientele verify out/shop/latest
  clientele verify out --json`,
		Args: takes("PUBLICATION"),
		RunE: func(cmd *cobra.Command, args []string) error {
			nights, err := findNights(args[0])
			if wrong, ok := errors.AsType[placeError](err); ok {
				return usageError{cmd, wrong}
			}
			if err != nil {
				return err
			}
			found, err := verify(cmd.Context(), nights)
			if err != nil {
				return err
			}
			return printVerified(s, args[0], found, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print everything as JSON")
	return cmd
}

// findNights gives the folders of the nights that an argument stands for.
func findNights(arg string) ([]string, error) {
	path, err := filepath.EvalSymlinks(arg) // latest, and an output folder that is a link
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if target, err := os.Readlink(arg); err == nil {
			return nil, noPlace("%s leads to %s, which is not there", arg, target)
		}
		return nil, noPlace("no folder %s; name a publication, such as out/shop/2026-06-30 or out/shop/latest", arg)
	case err != nil:
		return nil, err
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.IsDir():
		return nil, noPlace("%s is a file; name the folder of a publication", arg)
	case publish.IsNight(filepath.Base(path)) || has(path, publish.ManifestFile) || has(path, publish.SuccessFile):
		return []string{path}, nil
	}
	nights, err := publication.Nights(path)
	if err != nil || len(nights) > 0 {
		return nights, err
	}
	series, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	for _, s := range series {
		if more, err := publication.Nights(filepath.Join(path, s.Name())); err == nil { // or it is no folder
			nights = append(nights, more...)
		}
	}
	if len(nights) == 0 {
		return nil, noPlace("%s holds no publication; name one, such as out/shop/2026-06-30 or out/shop/latest", arg)
	}
	return nights, nil
}

func has(path, file string) bool {
	_, err := os.Lstat(filepath.Join(path, file))
	return err == nil
}

// verified is what was found.
type verified struct {
	Whole        bool                  `json:"whole"`
	Publications []*publication.Report `json:"publications"`
	// Latest has the links that do not lead to the newest night of their job.
	Latest []publication.Problem `json:"latest"`
}

func verify(ctx context.Context, nights []string) (*verified, error) {
	found := &verified{Whole: true, Latest: []publication.Problem{}}
	looked := map[string]bool{}
	for _, night := range nights {
		r, err := publication.Verify(ctx, night)
		if err != nil {
			return nil, err
		}
		found.Publications = append(found.Publications, r)
		found.Whole = found.Whole && r.Whole
		if series := filepath.Dir(night); publication.IsSeries(series) && !looked[series] {
			looked[series] = true
			if err := publication.VerifyLatest(series); err != nil {
				found.Latest = append(found.Latest, publication.Problem{File: filepath.Join(series, publish.LatestLink), Problem: err.Error()})
				found.Whole = false
			}
		}
	}
	return found, nil
}

func printVerified(s streams, arg string, found *verified, asJSON bool) error {
	if asJSON {
		if err := writeJSON(s.out, found); err != nil {
			return err
		}
	} else if err := printReports(s, found); err != nil {
		return err
	}
	if found.Whole {
		return nil
	}
	return &ledger.DataError{Path: arg, Message: "not as it was published; publish the nights that are damaged again (run with --as-of), the oldest first"}
}

func printReports(s streams, found *verified) error {
	p := &printer{w: s.out}
	for _, r := range found.Publications {
		p.in = wording.In(r.Language)
		if r.Whole {
			p.say("verify.whole", "path", r.Path, "files", r.Files, "bytes", humanize.Bytes(uint64(r.Bytes)), "version", r.Version)
			continue
		}
		p.say("verify.problems", "path", r.Path, "problems", len(r.Problems))
		for _, problem := range r.Problems {
			p.line("  %s: %s", printable(problem.File), printable(problem.Problem))
		}
	}
	for _, l := range found.Latest {
		p.line("%s: %s", l.File, printable(l.Problem))
	}
	return p.err
}

// printable is a text that says nothing to a terminal: whoever writes into a
// publication chooses its names.
func printable(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(text)
	}
	return text
}
