// No bit of any result depends on the number of threads, nor on how rows are cut into blocks.

#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/framework/runtime/threads.hpp>

#include <boost/test/unit_test.hpp>

#include "../costly.hpp"
#include "batch_graph.hpp"
#include "digest.hpp"
#include "models.hpp"
#include "results.hpp"
#include "sample_graph.hpp"
#include <map>
#include <string>
#include <vector>

using namespace xgrad;
using namespace xgrad::test;

namespace {

struct KeepThreads {
  int before = threads();
  ~KeepThreads() { set_threads(before); }
};

constexpr int thread_counts[] = {1, 2, 3, 8, 64};

constexpr std::int64_t rows = 1027;

/// Of each operator, what its samples give as a batch; cut into small blocks, of which several run at a time.
std::map<std::string, std::string> digests_in_blocks() {
  std::map<std::string, std::string> digests;
  for (const auto& registered : registered_operators()) {
    Digest digest;
    for (const auto& sample : registered.entry.samples()) {
      const auto graph = batch_graph_of(sample, dtypes_of(sample).front(), costly);
      if (!graph) continue;
      const auto arguments = graph->arguments(0, rows);
      for (const auto& array :
           compile(graph->inputs, graph->outputs)(std::vector<ArrayRef>(arguments.begin(), arguments.end()))) {
        digest.add(array);
      }
    }
    digests[registered.entry.name] = digest.text();
  }
  return digests;
}

std::map<std::string, std::string> digests() {
  std::map<std::string, std::string> digests;
  for (const auto& results : all_results()) {
    Digest digest;
    results.compute([&](std::string_view, const Array& array) { digest.add(array); });
    digests[results.name] = digest.text();
  }
  return digests;
}

void check(std::map<std::string, std::string> (*compute)()) {
  const KeepThreads keep;
  std::map<std::string, std::string> expected;
  for (const int count : thread_counts) {
    set_threads(count);
    const auto received = compute();
    if (expected.empty()) expected = received;
    for (const auto& [name, digest] : received) {
      BOOST_TEST((digest == expected.at(name)), name << " has other bits on " << count << " threads");
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(thread_invariance)

BOOST_AUTO_TEST_CASE(of_all_results) { check(digests); }

BOOST_AUTO_TEST_CASE(of_every_operator_in_blocks) { check(digests_in_blocks); }

BOOST_AUTO_TEST_SUITE_END()
