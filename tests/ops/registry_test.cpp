#include <boost/test/unit_test.hpp>

#include "battery.hpp"
#include <algorithm>
#include <filesystem>
#include <set>

using namespace xgrad;
using namespace xgrad::test;

BOOST_AUTO_TEST_SUITE(registry)

BOOST_AUTO_TEST_CASE(and_the_folder_of_operators_hold_the_same_files) {
  std::set<std::string> registered;
  for (const auto& op : registered_operators()) {
    const std::filesystem::path file(op.file);
    if (file.parent_path().filename() == "ops") registered.insert(file.filename().string());
  }
  std::set<std::string> present;
  for (const auto& entry : std::filesystem::directory_iterator(XGRAD_SOURCE_DIR "/ops")) {
    if (entry.path().extension() == ".cpp") present.insert(entry.path().filename().string());
  }
  BOOST_TEST(!present.empty());
  BOOST_TEST(registered == present, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(describes_every_operator) {
  for (const auto& [entry, file] : registered_operators()) {
    BOOST_TEST_CONTEXT(entry.name) {
      BOOST_TEST(entry.signature.starts_with(entry.name + "("));
      BOOST_TEST(entry.summary.ends_with("."));
      BOOST_TEST(!entry.formula.empty());
      BOOST_TEST(!entry.gradient.empty());
      const bool is_elementwise = entry.family == OperatorFamily::unary || entry.family == OperatorFamily::binary ||
                                  entry.family == OperatorFamily::activation;
      BOOST_TEST((is_elementwise || !entry.shapes.empty()));
      const bool has_special_points = is_elementwise || entry.family == OperatorFamily::reduction ||
                                      entry.family == OperatorFamily::linear_algebra ||
                                      entry.family == OperatorFamily::loss;
      BOOST_TEST((!has_special_points || !entry.points.empty() || entry.cases));
      BOOST_TEST((entry.tolerance.relative == Tolerance().relative || !entry.tolerance.reason.empty()));
    }
  }
}

BOOST_AUTO_TEST_CASE(has_samples_and_rejections_for_every_operator) {
  for (const auto& [entry, file] : registered_operators()) {
    BOOST_TEST(static_cast<bool>(entry.samples), entry.name << " has no samples; add them in tests/" << file);
    BOOST_TEST((entry.rejections && !entry.rejections().empty()),
               entry.name << " has no rejections; add them in tests/" << file);
  }
}

BOOST_AUTO_TEST_CASE(has_samples_of_no_and_of_one_element_for_every_operator) {
  for (const auto& registered : registered_operators()) {
    const auto samples = registered.entry.samples();
    const auto has_size = [&](std::size_t size) {
      return std::any_of(samples.begin(), samples.end(), [=](const Sample& sample) {
        const Shape result = sample.build(constants(sample)).shape();
        return sample.inputs.front().size() == size || result.size() == Dim(static_cast<std::int64_t>(size));
      });
    };
    BOOST_TEST(has_size(0), registered.entry.name << " has no sample without elements");
    BOOST_TEST(has_size(1), registered.entry.name << " has no sample of one element");
  }
}

BOOST_AUTO_TEST_CASE(names_every_sample_of_an_operator_differently) {
  for (const auto& registered : registered_operators()) {
    std::set<std::string> labels;
    for (const auto& sample : registered.entry.samples()) {
      BOOST_TEST(labels.insert(sample.label).second, registered.entry.name << ": two samples '" << sample.label << "'");
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
