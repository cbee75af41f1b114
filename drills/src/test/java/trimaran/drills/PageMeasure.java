package trimaran.drills;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a page in the real browser is too small for a finger or a tired hand, and whether it was too large to send: targets of 24
 * CSS pixels (WCAG 2.2, 2.5.8), on pages used at the bed 44 (2.5.5), 100 kB a page.
 */
final class PageMeasure {

    static final int PAGE_BYTES_MAX = 100_000;
    static final int TARGET_PIXELS_MIN = 24;
    static final int BEDSIDE_TARGET_PIXELS_MIN = 44;

    /**
     * Goes from the middle of each target to all four sides for as long as a press is still its own: what lies over it counts against it,
     * its label and what it spreads over its row count for it. A link within a sentence is as high as its line (2.5.8, Inline).
     */
    private static final String SMALL = """
            ([plain, bedside]) => {
              const least = document.body.classList.contains('bedside') ? bedside : plain;
              const small = [];
              const owns = (target, x, y) => {
                const at = document.elementFromPoint(x, y);
                return at !== null && (target.contains(at) || at.closest('label')?.control === target);
              };
              for (const target of document.querySelectorAll('a[href],button,select,textarea,summary,input:not([type=hidden])')) {
                if (target.disabled || !target.checkVisibility()) continue;
                const alone = ![...target.parentNode.childNodes].some(n => n.nodeType === 3 && n.textContent.trim() !== '');
                if (getComputedStyle(target).display === 'inline' && !alone) continue;
                target.scrollIntoView({block: 'center', inline: 'center'});
                const box = target.getClientRects()[0];
                if (!box || box.bottom < 0) continue;
                const x = Math.floor(box.left + box.width / 2) + 0.5, y = Math.floor(box.top + box.height / 2) + 0.5;
                const reach = (dx, dy) => {
                  let n = 0;
                  while (n < least && owns(target, x + dx * (n + 1), y + dy * (n + 1))) n++;
                  return n;
                };
                const here = owns(target, x, y) ? 1 : 0;
                const width = here && reach(-1, 0) + 1 + reach(1, 0), height = here && reach(0, -1) + 1 + reach(0, 1);
                if (width < least || height < least) {
                  const name = (target.getAttribute('aria-label') || target.textContent || target.name).trim().slice(0, 40);
                  small.push(target.tagName.toLowerCase() + ' ' + name + ': ' + width + '×' + height + ' of ' + least);
                }
              }
              window.scrollTo(0, 0);
              return small;
            }""";

    private static final String BYTES = "() => performance.getEntriesByType('navigation')[0]?.encodedBodySize ?? 0";

    private PageMeasure() {}

    /** All that is wrong with the page that is shown; empty if nothing is. */
    static List<String> faults(Page page) {
        return faults(page, PAGE_BYTES_MAX);
    }

    /** The same behind what axe-core found. */
    static List<String> behind(Object found, Page page) {
        List<String> all = new ArrayList<>();
        ((List<?>) found).forEach(one -> all.add(String.valueOf(one)));
        all.addAll(faults(page));
        return all;
    }

    static List<String> faults(Page page, int bytesMax) {
        List<String> faults = new ArrayList<>();
        Object small = page.evaluate(SMALL, List.of(TARGET_PIXELS_MIN, BEDSIDE_TARGET_PIXELS_MIN));
        ((List<?>) small).forEach(one -> faults.add("too small: " + one));
        int bytes = ((Number) page.evaluate(BYTES)).intValue();
        if (bytes >= bytesMax) {
            faults.add("too large: " + bytes + " bytes as sent");
        }
        return faults;
    }
}
