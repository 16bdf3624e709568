#include <xgrad/framework/runtime/binding.hpp>
#include <xgrad/framework/runtime/work.hpp>

#include <boost/test/unit_test.hpp>

#include "../costly.hpp"
#include "battery.hpp"
#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <vector>

using namespace xgrad;
using namespace xgrad::test;

namespace {

/// `array` `times` times, one after the other along its leading axis.
Array repeated(const Array& array, std::int64_t times) {
  Extents shape = array.shape();
  shape[0] *= times;
  Array result(array.dtype(), shape);
  const auto bytes = array.bytes();
  for (std::size_t i = 0; i < static_cast<std::size_t>(times) && !bytes.empty(); ++i) {
    std::memcpy(result.bytes().data() + i * bytes.size(), bytes.data(), bytes.size());
  }
  return result;
}

/// So many rows are three blocks or more where a row is costly.
constexpr std::int64_t three_blocks = 130;

/// A sample as a function of inputs with a given number of rows, cut into small blocks where rows are independent.
class Cut {
 public:
  Cut(const Sample& sample, const BatchSample& symbolic, std::int64_t rows) : plan_(plan_of(sample, symbolic)) {
    Bindings sizes;
    sizes.bind(batch, rows);
    std::vector<Extents> shapes;
    for (const auto& x : symbolic.inputs) shapes.push_back(x.shape().extents(sizes));
    binding_.emplace(plan_, std::move(shapes), sizes);
  }

  Array operator()(const std::vector<ArrayRef>& arguments) {
    binding_->run(arguments);
    Array result(plan_.program.values[plan_.program.outputs[0]].type.dtype, binding_->output_shape(0));
    if (result.size() > 0) std::memcpy(result.bytes().data(), binding_->output(0), result.bytes().size());
    return result;
  }

  /// Whether every run of steps over rows of the batch that the operator has a part in came in more than one block;
  /// nothing when there is none.
  std::optional<bool> is_cut() const {
    std::optional<bool> result;
    for (std::size_t level = 0; level < plan_.levels.size(); ++level) {
      for (std::size_t index = 0; index < plan_.levels[level].size(); ++index) {
        const auto& phase = plan_.levels[level][index];
        if (!phase.rows || phase.rows->is_known()) continue;
        const bool is_plain = std::all_of(phase.steps.begin(), phase.steps.end(),
                                          [&](const Step& step) { return names_of(plan_.program, step) == "costly"; });
        if (is_plain) continue;
        const auto cut = binding_->cut(level, index);
        result = result.value_or(true) && cut.block_rows < cut.rows;
      }
    }
    return result;
  }

 private:
  static Plan plan_of(const Sample& sample, const BatchSample& symbolic) {
    std::vector<Tensor> inputs;
    for (const auto& x : symbolic.inputs) inputs.push_back(costly(x));
    return make_plan(lower(symbolic.inputs, std::vector{costly(sample.build(inputs))}, {}));
  }

  Plan plan_;
  std::optional<Binding> binding_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(symbolic_batch)

BOOST_AUTO_TEST_CASE(fits_every_operator_somewhere) {
  std::map<std::string, bool> works;
  for_each_sample([&](const OperatorEntry& entry, const Sample& sample) {
    if (sample.inputs.front().shape().size() >= 2) works[entry.name] |= !with_batch(sample).outputs.empty();
  });
  for (const auto& [name, any] : works) BOOST_TEST(any, name << " takes no symbol in any of its samples");
}

// Kernels see parts of their operands: the first rows, some in the middle and the last.
BOOST_AUTO_TEST_CASE(cut_into_blocks_agrees_with_plain_loops) {
  std::map<std::string, bool> was_cut;
  for_each_sample([&](const OperatorEntry& entry, const Sample& sample) {
    const auto symbolic = with_batch(sample);
    if (symbolic.outputs.empty() || !symbolic.has_batch.front()) return;
    const auto count = sample.inputs.front().shape()[0];
    const auto times = count == 0 ? 1 : three_blocks / count + 1;
    std::vector<Array> inputs = sample.inputs;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (symbolic.has_batch[i]) inputs[i] = repeated(inputs[i], times);
    }
    Cut function(sample, symbolic, count * times);
    const std::vector<Plain> plain(inputs.begin(), inputs.end());
    check_close(function({inputs.begin(), inputs.end()}), references().at(entry.name)(sample, plain), 1e-12);
    if (const auto is_cut = function.is_cut()) was_cut[entry.name] |= *is_cut;
  });
  for (const auto& [name, any] : was_cut) BOOST_TEST(any, name << " was in one block in all of its samples");
  BOOST_TEST(!was_cut.empty());
}

BOOST_AUTO_TEST_SUITE_END()
