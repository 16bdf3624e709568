#pragma once

#include <xgrad/framework/core/dim.hpp>
#include <xgrad/framework/core/dtype.hpp>
#include <xgrad/framework/core/inline_vector.hpp>

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace xgrad {

/// The most axes a tensor can have, as in NumPy.
inline constexpr std::size_t max_rank = 32;

/// Sizes without symbols: what an array in memory has.
using Extents = std::vector<std::int64_t>;

/// The sizes of a tensor along its axes, outermost first. An empty shape is a scalar.
class Shape {
 public:
  Shape() = default;
  Shape(std::initializer_list<Dim> dims) : dims_(dims) {}
  explicit Shape(std::span<const Dim> dims) : dims_(dims.begin(), dims.end()) {}
  explicit Shape(std::span<const std::int64_t> extents) : dims_(extents.begin(), extents.end()) {}

  std::size_t rank() const { return dims_.size(); }
  const Dim& operator[](std::size_t axis) const { return dims_[axis]; }
  Dim& operator[](std::size_t axis) { return dims_[axis]; }
  auto begin() const { return dims_.begin(); }
  auto end() const { return dims_.end(); }
  std::vector<Dim> dims() const { return {begin(), end()}; }

  /// Product of all sizes: the number of elements. Throws ShapeError when 64 bits cannot count them.
  Dim size() const;

  /// True when no size holds a symbol.
  bool is_known() const;

  /// The sizes as integers once symbols have theirs; without bindings every size must be known.
  Extents extents(const Bindings& bindings = {}) const;

  /// Python's spelling: "(batch, 784)", "(10,)", "()".
  std::string to_string() const;

  /// Equal for equal shapes.
  std::size_t hash() const;

  friend bool operator==(const Shape&, const Shape&) = default;

 private:
  InlineVector<Dim, 2> dims_;
};

/// Element type and shape: all that is known of a tensor while a graph is built.
struct TensorType {
  DType dtype = DType::float32;
  Shape shape;

  /// "float32 (batch, 784)".
  std::string to_string() const;
  friend bool operator==(const TensorType&, const TensorType&) = default;
};

/// Python's spelling of sizes: "(60000, 28, 28)", "(1,)".
std::string to_string(std::span<const std::int64_t> extents);

/// Number of elements. Throws ShapeError when a size is negative or 64 bits cannot count them.
std::int64_t element_count(std::span<const std::int64_t> extents);

/// NumPy's broadcasting of two shapes. Throws ShapeError, with `where` as its first word, naming the axis that does not
/// fit.
Shape broadcast(std::string_view where, const Shape& left, const Shape& right);

/// True when a tensor of shape `from` broadcasts to exactly `to`.
bool broadcasts_to(const Shape& from, const Shape& to);

/// Axis `axis` of a tensor of rank `rank`, where negative axes count from the end. Throws ShapeError when out of range.
std::size_t normalize_axis(std::string_view where, std::int64_t axis, std::size_t rank);

}  // namespace xgrad
