#include <xgrad/framework/core/operator_reference.hpp>
#include <xgrad/ops/argmax.hpp>
#include <xgrad/ops/softplus.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>
#include <sstream>
#include <string>

using namespace xgrad;

namespace {

std::string page_of(OperatorEntry entry) {
  std::ostringstream page;
  write_operator_reference(page, {{std::move(entry), "file.cpp"}});
  return page.str();
}

void check_contains(const std::string& page, const std::string& text) {
  BOOST_TEST(page.find(text) != std::string::npos, "expected '" << text << "' in " << page);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(operator_reference)

BOOST_AUTO_TEST_CASE(says_what_the_entry_says) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  auto entry = unary_operator(softplus, {.name = "softplus",
                                         .family = OperatorFamily::activation,
                                         .summary = "Smooth relu.",
                                         .formula = "log(1 + e^x)",
                                         .gradient = "c * sigmoid(x)"});
  entry.points = {{{-infinity}, 0, 0}, {{0}, 0.25, 0.5}};
  entry.cases = [] {
    return std::vector<SpecialCase>{
        {.inputs = {special_array({1, -2}, {2, 1}), Array(true)}, .value = {3, 4}, .gradient = {0.5}, .arguments = "7"},
        {.inputs = {special_array({})}, .value = {0}, .arguments = ".r"}};
  };
  entry.tolerance = {1e-5, "for a test"};
  const auto page = page_of(entry);
  check_contains(page, "# Operators\n\n1 operators");
  check_contains(page, "- **Activations**: [softplus](#softplus)\n");
  check_contains(page, "\n## Activations\n\n### softplus\n\n`softplus(x)`: Smooth relu.\n\n");
  check_contains(page, "- Value: `log(1 + e^x)`\n- Gradient: c * sigmoid(x)\n- Dtypes: float32, float64\n");
  check_contains(page,
                 "- Special points: `softplus(-inf)` is 0, slope 0; `softplus(0)` is 0.25, slope 0.5; `softplus({{1}, "
                 "{-2}}, true, 7)` is "
                 "{3, 4}, gradient 0.5; `softplus({}).r` is 0\n");
  check_contains(page, "- Tolerance: 1e-05, for a test\n");
  // The whole message, not the part that the entry expects.
  check_contains(page, "- Errors\n  - integer input: `softplus: expected one of float32, float64, but got int32; cast");
  BOOST_TEST(page.find("Unary") == std::string::npos);
  BOOST_TEST(page.find("Shapes") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(tells_results_of_another_dtype) {
  OperatorEntry entry{.name = "argmax",
                      .family = OperatorFamily::reduction,
                      .signature = "argmax(x)",
                      .summary = "An index.",
                      .formula = "i",
                      .gradient = "none",
                      .shapes = "x (n,): ()"};
  entry.samples = [] {
    return std::vector<Sample>{{"row", {sample_values({3})}, [](auto x) { return argmax(x[0]); }}};
  };
  const auto page = page_of(entry);
  check_contains(page, "- Shapes: x (n,): ()\n- Dtypes: all; the result is int64\n");
  BOOST_TEST(page.find("Errors") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
