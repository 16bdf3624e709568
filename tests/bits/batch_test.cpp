// The bits of a sample's results do not depend on the batch that it sits in: neither on the size of the batch nor on
// the sample's place nor on how the batch is cut into blocks.

#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/runtime/function.hpp>

#include <boost/test/unit_test.hpp>

#include "../costly.hpp"
#include "batch_graph.hpp"
#include "digest.hpp"
#include "models.hpp"
#include "sample_graph.hpp"
#include "sizes.hpp"
#include <algorithm>
#include <cstring>
#include <optional>
#include <set>
#include <string>
#include <vector>

using namespace xgrad;
using namespace xgrad::test;

namespace {

constexpr std::int64_t small_batch = 7;
constexpr std::int64_t large_batch = 4096;

/// What takes a matrix, or sequence, for each sample and works on it for long.
constexpr std::int64_t slow_batch = 515;

Array rows_of(const Array& array, std::int64_t first, std::int64_t count) {
  return ArrayRef(array).rows(first, count).to_array();
}

std::vector<Array> call(Function& function, const std::vector<Array>& arguments) {
  return function(std::vector<ArrayRef>(arguments.begin(), arguments.end()));
}

std::int64_t large_batch_of(const BatchGraph& graph) {
  std::size_t elements = 0;
  for (const auto& array : graph.samples) elements += array.size();
  return elements / static_cast<std::size_t>(graph.count) > 100 ? slow_batch : large_batch;
}

/// How an operator's sample is computed in batches of several sizes.
class Comparison {
 public:
  Comparison(const Sample& sample, DType dtype)
      : label_("'" + sample.label + "', " + std::string(to_string(dtype))), graph_(batch_graph_of(sample, dtype)) {
    if (!graph_) return;
    dependence_ = graph_->dependence();
    const auto cut = batch_graph_of(sample, dtype, costly);
    plain_.emplace(compile(graph_->inputs, graph_->outputs));
    in_blocks_.emplace(compile(cut->inputs, cut->outputs));
  }

  /// False when no result belongs to one sample.
  bool has_rows() const {
    return graph_ && std::any_of(dependence_.begin(), dependence_.end(), [](Dependence dependence) {
             return dependence == Dependence::rows || dependence == Dependence::place;
           });
  }

  /// For each result the first row that differs, if there is one.
  std::set<std::string> differences() {
    std::vector<std::vector<Array>> alone;
    try {
      for (std::int64_t row = 0; row < graph_->count; ++row) alone.push_back(call(*plain_, graph_->arguments(row, 1)));
    } catch (const Error&) {
      return {};  // there are indices among the inputs that need the whole batch
    }
    const auto small = call(*plain_, graph_->arguments(0, small_batch));
    for (const auto size : {small_batch, large_batch_of(*graph_)}) {
      const auto arguments = graph_->arguments(0, size);
      const auto batch_of = ", batch of " + std::to_string(size);
      compare(alone, small, call(*plain_, arguments), batch_of);
      compare(alone, small, call(*in_blocks_, arguments), batch_of + " in blocks");
    }
    return differences_;
  }

 private:
  void compare(const std::vector<std::vector<Array>>& alone, const std::vector<Array>& small,
               const std::vector<Array>& together, const std::string& what) {
    for (std::size_t output = 0; output < together.size(); ++output) {
      const bool by_place = dependence_[output] == Dependence::place;
      if (dependence_[output] != Dependence::rows && !by_place) continue;
      const Array received = with_one_nan(together[output]);
      const auto rows = by_place ? small_batch : received.shape()[0];
      const auto row_bytes = received.bytes().size() / static_cast<std::size_t>(received.shape()[0]);
      std::vector<Array> expected;
      if (by_place) expected.push_back(with_one_nan(small[output]));
      for (std::size_t sample = 0; sample < alone.size() && !by_place; ++sample)
        expected.push_back(with_one_nan(alone[sample][output]));
      for (std::int64_t row = 0; row < rows && row_bytes > 0; ++row) {
        const std::byte* const bytes = by_place
                                           ? expected[0].bytes().data() + static_cast<std::size_t>(row) * row_bytes
                                           : expected[static_cast<std::size_t>(row % graph_->count)].bytes().data();
        if (std::memcmp(bytes, received.bytes().data() + static_cast<std::size_t>(row) * row_bytes, row_bytes) == 0)
          continue;
        differences_.insert(label_ + what + (output == 0 ? ", value" : ", gradient " + std::to_string(output - 1)) +
                            ", sample " + std::to_string(row));
        break;
      }
    }
  }

  std::string label_;
  std::optional<BatchGraph> graph_;
  std::vector<Dependence> dependence_;
  std::optional<Function> plain_;
  std::optional<Function> in_blocks_;
  std::set<std::string> differences_;
};

/// How many of the sample's dtypes have results that belong to one sample; adds to `differences`.
std::size_t compare(const Sample& sample, std::set<std::string>& differences) {
  std::size_t compared = 0;
  for (const auto dtype : dtypes_of(sample)) {
    Comparison comparison(sample, dtype);
    if (!comparison.has_rows()) continue;
    ++compared;
    differences.merge(comparison.differences());
  }
  return compared;
}

void report(const std::string& name, const std::set<std::string>& differences) {
  if (differences.empty()) return;
  BOOST_ERROR(name << ": other bits in " << *differences.begin() << " and " << differences.size() - 1 << " more");
}

/// Whether the place of a row is part of what the operator means: the diagonal begins further right in each row.
bool depends_on_place(const std::string& name) { return name == "tril" || name == "triu"; }

}  // namespace

BOOST_AUTO_TEST_SUITE(batch_invariance)

BOOST_AUTO_TEST_CASE(of_every_operator_with_rows) {
  std::size_t compared = 0;
  for (const auto& registered : registered_operators()) {
    if (depends_on_place(registered.entry.name)) continue;
    std::set<std::string> differences;
    for (const auto& sample : registered.entry.samples()) compared += compare(sample, differences);
    report(registered.entry.name, differences);
  }
  BOOST_TEST(compared > 700);
}

BOOST_AUTO_TEST_CASE(of_operators_at_larger_sizes) {
  std::size_t compared = 0;
  for (const auto& [name, sample] : sized_samples()) {
    std::set<std::string> differences;
    compared += compare(sample, differences);
    report(name, differences);
  }
  BOOST_TEST(compared > 30);
}

BOOST_AUTO_TEST_CASE(of_models) {
  for (const auto& model : models()) {
    train(model);
    auto predict = compile({model.x}, {model.output});
    const Array all = predict(samples_of(model, 0, large_batch))[0];
    for (const std::int64_t size : {1, 7, 100}) {
      std::int64_t differences = 0;
      for (std::int64_t first = 0; first + size <= 800; first += size) {
        const Array part = predict(samples_of(model, first, size))[0];
        differences += have_same_bits(part, rows_of(all, first, size)) ? 0 : 1;
      }
      BOOST_TEST(differences == 0, model.name << ", batches of " << size << ": " << differences
                                              << " have other bits than in one of " << large_batch);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
