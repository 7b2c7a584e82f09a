package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"clientele/analytics/compare"
	"clientele/analytics/publish"
	"clientele/internal/concurrent"
)

// diffOptions are what `clientele diff` is given.
type diffOptions struct {
	streams
	older, newer string
	json         bool
	customers    bool
	limit        int
	language     string
}

func newDiffCmd(s streams) *cobra.Command {
	o := diffOptions{streams: s}
	cmd := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Tell what changed between two publications, and why",
		Long: `Compare two publications of a job: totals, who entered and left, who moved between
segments, tiers and stages, and which settings, cut points and model parameters
are not what they were. Of campaigns: what was planned since and what it costs, who
entered and came back, the arms, and effects that are read in another way.

OLD and NEW are folders of publications, in either order. A date or latest that is
no folder here is looked for beside the other one. Two runs of the same day under
different settings, published to different places, show what the settings change.

Each move has one cause, the first of these that applies:

  a rule changed        provably: the group is new or gone, or a pin was set or taken
                        off
  the cut points moved  provably: under the old ones the customer would not have moved
  bought                after the night of OLD, where a score or the tier rose or
                        the new stage is not decline
  gave something back   where the tier or the monetary score alone fell
  joined with another id, parted from another id
                        one person now and two before, or two now and one before
  earlier purchases were corrected
                        the past of a customer of whom nothing of that holds is not
                        what it was: late rows, deletions
  a rule changed        settings that the group depends on
  the cut points moved  and the group depends on scores
  the model moved       and the group, or the tier that was won or lost, depends on it
  time passed           none of these

Who left may also have given everything back.`,
		Example: `  clientele diff out/shop/2026-05-31 out/shop/latest
  clientele diff out/shop/2026-05-31 2026-06-30 --customers --limit 50
  cd out/shop && clientele diff 2026-05-31 latest --json`,
		Args: takes("OLD", "NEW"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.older, o.newer = args[0], args[1]
			if o.limit < 0 {
				return usageError{cmd, fmt.Errorf("--limit: %d is not a whole number from 0 up", o.limit)}
			}
			if err := checkLanguage(cmd, o.language); err != nil {
				return err
			}
			o.customers = o.customers || cmd.Flags().Changed("limit")
			var report *compare.Report
			err := concurrent.Until(cmd.Context(), func() (err error) {
				report, err = compareNights(o.older, o.newer)
				return err
			})
			if wrong, ok := errors.AsType[placeError](err); ok || errors.Is(err, compare.ErrNotComparable) {
				if ok {
					err = wrong
				}
				return usageError{cmd, err}
			}
			if err != nil {
				return err
			}
			return printDiff(o, report)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&o.customers, "customers", false, "list the customers who moved, the most valuable first")
	flags.IntVar(&o.limit, "limit", 20, "of the list of customers; 0: all of them")
	flags.StringVar(&o.language, "language", "", "en or zh; default: that of the newer publication")
	flags.BoolVar(&o.json, "json", false, "print everything as JSON")
	completes(cmd, "language", completeWords(languages...))
	return cmd
}

// compareNights finds, reads and compares two publications, the older one first.
func compareNights(older, newer string) (*compare.Report, error) {
	paths, err := locateBoth(older, newer)
	if err != nil {
		return nil, err
	}
	var sides [2]*compare.Publication
	for i, path := range paths {
		if sides[i], err = compare.Open(path); err != nil {
			return nil, err
		}
	}
	if sides[0].AsOf > sides[1].AsOf {
		slices.Reverse(sides[:])
	}
	return compare.Publications(sides[0], sides[1])
}

// placeError is an argument that leads to no publication.
type placeError struct{ message string }

// Error says what is wrong.
func (e placeError) Error() string { return e.message }

func noPlace(format string, args ...any) error { return placeError{fmt.Sprintf(format, args...)} }

// locateBoth finds the folders of two publications.
func locateBoth(older, newer string) (paths [2]string, err error) {
	args := [2]string{older, newer}
	for i, arg := range args {
		paths[i], err = locate(arg, args[1-i])
		if err != nil {
			return paths, err
		}
	}
	if paths[0] == paths[1] {
		return paths, noPlace("%s and %s are the same publication, %s; name two", older, newer, paths[0])
	}
	return paths, nil
}

// locate finds a publication's folder: as named or, for a night's name that is
// nothing here, beside the other argument.
func locate(arg, other string) (string, error) {
	path := arg
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) && isNightName(arg) {
		path = filepath.Join(filepath.Dir(other), arg)
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && isNightName(arg):
		return "", noPlace("no publication %s here%s; the folders are out/NAME/%s, under output.dir", arg, besides(path, arg), arg)
	case errors.Is(err, fs.ErrNotExist):
		return "", noPlace("no folder %s; name a publication, such as out/shop/2026-06-30 or out/shop/latest", path)
	case err != nil:
		return "", err
	case !info.IsDir():
		return "", noPlace("%s is a file; name the folder of a publication", path)
	}
	if path, err = filepath.EvalSymlinks(path); err != nil { // latest
		return "", err
	}
	return path, checkPublication(path)
}

// besides says where else a night was looked for.
func besides(path, arg string) string {
	if path == arg {
		return ""
	}
	return " or as " + path
}

func isNightName(arg string) bool {
	_, err := time.Parse(time.DateOnly, arg)
	return arg == publish.LatestLink || err == nil
}

// checkPublication refuses folders that hold publications, or none.
func checkPublication(path string) error {
	if _, err := os.Stat(filepath.Join(path, publish.ManifestFile)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return err
	}
	var nights []string
	for _, e := range entries {
		if isNightName(e.Name()) {
			nights = append(nights, e.Name())
		}
	}
	if len(nights) == 0 {
		return noPlace("%s is no publication: it has no run.json", path)
	}
	const shown = 4
	list := strings.Join(nights[max(0, len(nights)-shown):], ", ")
	return noPlace("%s holds publications; name one of them: %s", path, list)
}
