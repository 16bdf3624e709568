#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/runtime/passes/packing.hpp>
#include <xgrad/framework/runtime/passes/rewrite.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace xgrad {
namespace {

// How many rows are taken to read what is kept from call to call: enough for packing to pay off.
constexpr std::int64_t rows_of_many_calls = std::int64_t{1} << 30;

struct Packed {
  std::shared_ptr<const Op> op;
  Dim rows;                        // that the first node brings
  std::int64_t times = 1;          // nodes that bring as many
  std::optional<Tensor> all_rows;  // this and the next once the first node that reads it is rewritten
  std::optional<Tensor> tensor;
};

/// What is packed, by the tensor and by how.
class AllPacked {
 public:
  /// Nothing when it was not noted.
  Packed* find(const Tensor& input, const Op& op) {
    auto& ways = all_[{input.node().id(), input.output()}];
    const auto found = std::ranges::find_if(ways, [&](const Packed& packed) { return are_same(*packed.op, op); });
    return found == ways.end() ? nullptr : &*found;
  }

  void add(const Tensor& input, Packed packed) {
    all_[{input.node().id(), input.output()}].push_back(std::move(packed));
  }

  bool empty() const { return all_.empty(); }

 private:
  std::map<std::pair<std::uint64_t, std::size_t>, std::vector<Packed>> all_;
};

}  // namespace

Graph pack_inputs(Graph graph, std::span<const Tensor> updated) {
  const auto is_kept = [&](const Tensor& input) {
    return dynamic_cast<const Parameter*>(&input.node().op()) &&
           std::find(updated.begin(), updated.end(), input) == updated.end();
  };
  AllPacked all;
  for (const auto& node : graph.nodes) {
    const auto packable = node->op().packable_input(node->inputs());
    if (!packable) continue;
    const auto& input = node->inputs()[packable->index];
    const auto rows = is_kept(input) ? Dim(rows_of_many_calls) : packable->rows;
    auto* known = all.find(input, *packable->pack);
    if (!known) {
      all.add(input, {packable->pack, rows, 1, {}, {}});
    } else if (!is_kept(input) && known->rows == rows) {
      ++known->times;
    }
  }
  if (all.empty()) return graph;
  return rewrite(std::move(graph), [&](const NodeHandle& node, const Node& original) -> std::optional<Tensor> {
    const auto packable = original.op().packable_input(original.inputs());
    if (!packable) return std::nullopt;
    auto* const found = all.find(original.inputs()[packable->index], *packable->pack);
    if (!found) return std::nullopt;  // made anew, its operator is the same only as itself
    auto& packed = *found;
    if (!packed.tensor) {
      packed.all_rows = dim_size(packed.rows * packed.times, DType::int64);
      packed.tensor = apply(packed.op, {node->inputs()[packable->index], *packed.all_rows});
    }
    return node->op().with_packed_input(node->inputs(), *packed.tensor, *packed.all_rows);
  });
}

}  // namespace xgrad
