namespace OrchardCore;

/// <summary>Names and numbers that modules share.</summary>
public static partial class OrchardCoreConstants
{
}
