#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/negative.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <algorithm>
#include <set>

using namespace xgrad;
using test::check_error;

BOOST_AUTO_TEST_SUITE(registry)

BOOST_AUTO_TEST_CASE(operators_are_listed_once_and_by_name) {
  const auto operators = registered_operators();
  BOOST_REQUIRE(!operators.empty());
  BOOST_TEST(std::is_sorted(operators.begin(), operators.end(),
                            [](const auto& left, const auto& right) { return left.entry.name < right.entry.name; }));
  for (const auto& registered : operators) BOOST_TEST(!registered.file.empty());
}

BOOST_AUTO_TEST_CASE(a_name_is_taken_once) {
  const auto before = registered_operators();
  const auto& taken = before.front();
  auto entry = taken.entry;
  entry.summary = "another operator of this name";
  check_error<ValueError>([&] { Register{entry}; }, "Register: operator '" + taken.entry.name + "' of ");
  check_error<ValueError>([&] { Register{entry}; }, "registry_test.cpp is already registered by " + taken.file);
  const auto after = registered_operators();
  BOOST_TEST(after.size() == before.size());
  BOOST_TEST(after.front().entry.summary == taken.entry.summary);
}

BOOST_AUTO_TEST_CASE(operators_of_xgrad_are_not_the_users) {
  const auto all = registered_operators();
  const auto mine = user_operators();
  BOOST_TEST(mine.size() < all.size());
  for (const auto& op : mine) BOOST_TEST(op.file.find("/ops/") == std::string::npos);
}

/// An operator of this name that a test registers for itself.
OperatorEntry entry_of(std::string name) {
  return {.name = std::move(name), .summary = "", .formula = "", .gradient = ""};
}

/// What is registered under a name.
OperatorEntry registered(const std::string& name) {
  const auto all = registered_operators();
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& op) { return op.entry.name == name; });
  BOOST_REQUIRE(found != all.end());
  return found->entry;
}

BOOST_AUTO_TEST_CASE(samples_find_the_operator_of_their_name_before_and_after_it) {
  const OperatorSamples samples{.samples = [] { return std::vector<Sample>(3); },
                                .rejections = [] { return std::vector<Rejection>(2); },
                                .points = {{{1}, 2, 3}},
                                .cases = [] { return std::vector<SpecialCase>(1); },
                                .tolerance = {1e-3, "a reason"}};
  Register{entry_of("registered_before_its_samples")};
  RegisterSamples{"registered_before_its_samples", samples};
  RegisterSamples{"registered_after_its_samples", samples};
  check_error<ValueError>([] { registered_operators(); },
                          "RegisterSamples: there are samples for 'registered_after_its_samples', but no operator");
  Register{entry_of("registered_after_its_samples")};
  for (const auto* name : {"registered_before_its_samples", "registered_after_its_samples"}) {
    const auto entry = registered(name);
    BOOST_TEST(entry.samples().size() == 3u);
    BOOST_TEST(entry.rejections().size() == 2u);
    BOOST_TEST(entry.points.size() == 1u);
    BOOST_TEST(entry.cases().size() == 1u);
    BOOST_TEST(entry.tolerance.relative == 1e-3);
  }
}

BOOST_AUTO_TEST_CASE(samples_are_registered_once) {
  auto entry = entry_of("with_samples");
  entry.samples = [] { return std::vector<Sample>(1); };
  Register{entry};
  check_error<ValueError>([] { RegisterSamples("with_samples", {.samples = [] { return std::vector<Sample>(); }}); },
                          "RegisterSamples: operator 'with_samples' has samples already");
  RegisterSamples{"with_samples", {.points = {{{1}, 2, 3}}}};
  check_error<ValueError>(
      [] {
        RegisterSamples("with_samples", {.points = {{{1}, 2, 3}}});
      },
      "RegisterSamples: operator 'with_samples' has points already");
  check_error<ValueError>(
      [] {
        RegisterSamples("with_samples",
                        {.rejections = [] { return std::vector<Rejection>(1); }, .points = {{{1}, 2, 3}}});
      },
      "RegisterSamples: operator 'with_samples' has points already");
  BOOST_TEST(!registered("with_samples").rejections, "a part of what was refused was registered");
  BOOST_TEST(registered("with_samples").samples().size() == 1u);
  BOOST_TEST(registered("with_samples").points.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_unary_operator_keeps_what_its_entry_says) {
  const auto entry = unary_operator(
      negative, {.name = "f", .signature = "f(x, y)", .summary = "", .formula = "", .gradient = "", .samples = [] {
                   return std::vector<Sample>(7);
                 }});
  BOOST_TEST(entry.signature == "f(x, y)");
  BOOST_TEST(entry.samples().size() == 7u);
  BOOST_TEST(entry.rejections().size() == 1u);
}

BOOST_AUTO_TEST_CASE(sample_values_differ_and_stay_in_their_range) {
  const Array values = sample_values({20, 50}, -0.5, 3);
  const auto elements = values.data<double>();
  BOOST_TEST(std::set<double>(elements.begin(), elements.end()).size() == 1000u);
  for (double value : elements) BOOST_TEST((value >= -0.5 && value <= 3));
  BOOST_TEST(values.view<double>() == sample_values({20, 50}, -0.5, 3).view<double>());
  BOOST_TEST(sample_values({3}, 0, 1, 1).data<double>()[0] != sample_values({3}, 0, 1, 0).data<double>()[0]);
  BOOST_TEST(sample_values({0, 3}).size() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
